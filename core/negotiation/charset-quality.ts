import type { Preferences } from './preferences.ts';
import type { Variant } from './variant.ts';

/** What text is taken for that doesn't say its charset. */
export const LATIN_1 = 'iso-8859-1';

/** How well a variant's charset fits: what is named, the wildcard; Latin-1 is always understood. */
export function charsetQuality({ charset, type }: Variant, { charsets }: Preferences, strict: boolean): number {
  if (charsets === undefined) return 1;
  if (charset === '' && (strict || !type.startsWith('text/'))) return 1;
  const name = charset === '' ? LATIN_1 : charset;
  const named = charsets.find((item) => item.name === name) ?? charsets.findLast((item) => item.name === '*');
  return named?.quality ?? (name === LATIN_1 ? 1 : 0);
}
