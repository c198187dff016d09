import type { Preferences } from './preferences.ts';
import { type Variant, isIdentity } from './variant.ts';

/** A client that says nothing may understand the encoding. */
const UNSURE = 0.5;
/** The plain form where the client names encodings only. */
const UNNAMED = 0.000_1;

/** How well a variant's encoding fits; `x-gzip` and `gzip` are the same. */
export function encodingQuality({ encoding, type }: Variant, { encodings, discardEncoded }: Preferences): number {
  const isPlain = isIdentity(encoding);
  if (!isPlain && (discardEncoded === 'all' || (discardEncoded === 'all but HTML' && type !== 'text/html'))) return 0;
  if (encodings === undefined) return isPlain ? 1 : UNSURE;
  const name = isPlain ? 'identity' : withoutPrefix(encoding);
  const named =
    encodings.find((item) => withoutPrefix(item.name) === name) ?? encodings.find((item) => item.name === '*');
  return named?.quality ?? (isPlain ? UNNAMED : 0);
}

function withoutPrefix(encoding: string): string {
  return encoding.startsWith('x-') ? encoding.slice(2) : encoding;
}
