import { createHash } from 'node:crypto';
import { type Stats, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type RequestRecord, stateKey } from 'sluice';
import { readFrontMatter } from './front-matter.ts';
import type { Layout } from './layout.ts';
import { renderMarkdown } from './render-markdown.ts';

/** A file made into HTML, and the halves of the layout around it. */
export interface Page {
  readonly head: string;
  readonly content: string;
  readonly foot: string;
  readonly etag: string;
  /** In milliseconds: of the file or the layout, whichever is newer. */
  readonly modified: number;
}

/** The page that the request is answered with. */
export const pageKey = stateKey<Page>('markdown.page');

interface KeptPage {
  readonly page: Page;
  readonly finfo: Stats;
  readonly layout: Layout;
  readonly html: boolean;
  readonly language: string;
}

/** Pages by file, in the order in which they were last asked for. */
const kept = new Map<string, KeptPage>();
const mostPages = 200;

/** Makes the page of the request's file, or gives the one that was made before the file changed. */
export function makePage(r: RequestRecord): Page {
  const filename = r.filename!;
  const finfo = r.finfo!;
  const { markdownLayout: layout, markdownHtml: html } = r.config;
  const language = r.contentLanguages[0] ?? 'en';
  const known = kept.get(filename);
  kept.delete(filename);
  const isCurrent =
    known?.finfo.mtimeMs === finfo.mtimeMs &&
    known.finfo.size === finfo.size &&
    known.layout === layout &&
    known.html === html &&
    known.language === language;
  const page = isCurrent ? known.page : newPage(filename, finfo, layout, html, language);
  kept.set(filename, { page, finfo, layout, html, language });
  if (kept.size > mostPages) kept.delete(kept.keys().next().value!);
  return page;
}

function newPage(filename: string, finfo: Stats, layout: Layout, html: boolean, language: string): Page {
  const { fields, body } = readFrontMatter(readFileSync(filename, 'utf8'));
  const { heading, content } = renderMarkdown(body, html);
  const known: ReadonlyMap<string, string> = new Map([
    ['title', heading ?? basename(filename, '.md')],
    ['language', language],
    ...fields,
  ]);
  const [head, foot] = layout.around(known);
  // Of the bytes themselves: whatever changes them, be it another version of a package, changes the tag.
  const digest = createHash('sha256').update(head).update(content).update(foot).digest('base64url');
  return { head, content, foot, etag: `"${digest}"`, modified: Math.max(finfo.mtimeMs, layout.modified) };
}
