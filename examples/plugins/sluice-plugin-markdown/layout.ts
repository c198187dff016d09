import { readFileSync, statSync } from 'node:fs';
import type { DirectiveSite } from 'sluice';
import { escapeHtml } from './escape-html.ts';

/** The HTML around a page. */
export interface Layout {
  /** What stands before and behind the content, with these fields filled in. */
  around(fields: ReadonlyMap<string, string>): readonly [head: string, foot: string];
  /** In milliseconds. */
  readonly modified: number;
}

/** Reads a layout at start, so that a mistake in it is one of the config. */
export function readLayout(file: string, site: DirectiveSite): Layout {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return site.fail(`MarkdownLayout can't be read: ${(error as Error).message}`);
  }
  const parts = text.split('{{content}}');
  if (parts.length !== 2) {
    return site.fail(`MarkdownLayout needs {{content}} once, but ${file} has it ${parts.length - 1} times`);
  }
  return layoutOf(parts[0]!, parts[1]!, statSync(file).mtimeMs);
}

function layoutOf(head: string, foot: string, modified: number): Layout {
  return { modified, around: (fields) => [fill(head, fields), fill(foot, fields)] };
}

/** Fields that a page doesn't have are empty. */
function fill(text: string, fields: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => escapeHtml(fields.get(name.toLowerCase()) ?? ''));
}

export const plainLayout: Layout = layoutOf(
  `<!doctype html>
<html lang="{{language}}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="{{description}}">
    <title>{{title}}</title>
  </head>
  <body>
`,
  `  </body>
</html>
`,
  0,
);
