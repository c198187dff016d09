import type { BrigadeFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { onlyEnd } from '../only-end.ts';
import type { HtmlElement } from './html-element.ts';
import { loadParser } from './html-tokens.ts';
import { isKnown } from './page-decoder.ts';
import { type Rewriting, RewriteRun } from './rewrite-run.ts';
import { parseSelector } from './selector.ts';

/**
 * Makes an output filter that changes HTML: `elements` has a function for each selector, called as the start tag passes by.
 * Needs the package parse5-html-rewriting-stream. Throws an Error for a selector that isn't supported.
 *
 * @example
 * export const links = htmlRewriter({
 *   'a[href^="http:"]': (element) => element.setAttribute('rel', 'noopener'),
 *   body: (element, r) => element.append(`<!-- made in ${Date.now() - r.requestTime} ms -->`),
 * });
 */
export function htmlRewriter(
  elements: Readonly<Record<string, (element: HtmlElement, r: RequestRecord) => void>>,
): BrigadeFilter {
  const compiled = Object.entries(elements).map(([text, rewrite]) => ({ selector: parseSelector(text), rewrite }));
  return rewritingFilter((r) =>
    compiled.map(({ selector, rewrite }) => ({ selector, rewrite: (element) => rewrite(element, r) })),
  );
}

/** A filter that asks for its rewritings once for each page, and is not there where there are none. */
export function rewritingFilter(
  rewritingsFor: (r: RequestRecord) => readonly Rewriting[] | Promise<readonly Rewriting[]>,
): BrigadeFilter {
  return {
    async brigade(brigade, f) {
      const { r } = f;
      f.remove();
      if (!isPage(r)) return brigade;
      const rewritings = await rewritingsFor(r);
      if (rewritings.length === 0) return brigade;
      const charset = r.charset;
      r.charset = 'utf-8';
      if (r.headerOnly) f.insertNext({ brigade: onlyEnd });
      else f.insertNext(new RewriteRun(rewritings, charset, await loadParser()));
      return brigade;
    },
  };
}

/** What a subrequest makes becomes a part of another page; a body in a coding can't be read. */
function isPage(r: RequestRecord): boolean {
  if (r.main !== undefined || r.contentType?.split(';', 1)[0]!.trim().toLowerCase() !== 'text/html') return false;
  if ((r.contentEncoding ?? 'identity') !== 'identity') return false;
  if (r.charset === undefined || isKnown(r.charset)) return true;
  r.log(`HTML in the unknown charset ${r.charset} is left as it is`, 'warn', 'html_rewrite');
  return false;
}
