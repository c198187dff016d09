import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');

/** The first cells of the tables in docs/differences.md. */
export const differenceRows: ReadonlySet<string> = new Set(
  [...page.matchAll(/^\| (?<cell>(?:\\\||[^|])+?) +\|/gm)].map(({ groups }) => groups!['cell']!),
);
