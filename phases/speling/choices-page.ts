import { errorPage } from '../../core/error-page.ts';
import { escapeHtml } from '../../core/escape-html.ts';
import type { Slip } from './slip.ts';

/** A URL that may have been meant. */
export interface Choice {
  readonly url: string;
  readonly name: string;
  readonly slip: Slip;
}

const words: Readonly<Record<Slip, string>> = {
  miscapitalized: 'other letter case',
  transposed: 'two letters swapped',
  missing: 'a letter missing',
  extra: 'a letter too many',
  mistyped: 'another letter',
  basename: 'another extension',
};

/** The page for 300: the names that are like the one that was asked for, and what would be wrong with that one. */
export function choicesPage(choices: readonly Choice[]): string {
  const items = choices.map(
    ({ url, name, slip }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(name)}</a> (${words[slip]})</li>\n`,
  );
  return errorPage(300, undefined, undefined, `\n<ul>\n${items.join('')}</ul>`);
}
