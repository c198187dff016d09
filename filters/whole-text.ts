import { type Brigade, EOS, FileBucket } from '../core/filter/bucket.ts';
import type { BrigadeFilter, FilterContext, FilterDeclaration } from '../core/filter/filter.ts';
import { isThenable } from '../core/thenable.ts';

/** Makes another text of the text of a body. */
export type ChangeText = (text: string, f: FilterContext) => string | Promise<string>;

/**
 * A filter that needs all of a body as text, e.g. to rewrite links that may lie across two chunks. What comes is kept until
 * the end, up to FilterBufferLimit. Text is in UTF-8; where `r.charset` is another one, every byte is a character from U+0000
 * to U+00FF in both directions, so that those which `change` leaves alone stay what they are.
 *
 * @example
 * export const publish = wholeText((text) => text.replaceAll('http://backend.internal/', 'https://www.example.com/'));
 */
export function wholeText(change: ChangeText, declaration: FilterDeclaration = {}): BrigadeFilter {
  return {
    ...declaration,
    brigade(brigade, f) {
      if (brigade.at(-1) !== EOS) {
        f.setAside(brigade.filter((bucket) => typeof bucket !== 'symbol'));
        return [];
      }
      const body = [...f.takeAside(), ...brigade];
      const only = body.length === 2 ? body[0] : undefined;
      if (typeof only !== 'string') return changeBytes(body, f);
      const changed = change(only, f);
      return isThenable(changed) ? changed.then(toBody) : toBody(changed);
    },
  };

  async function changeBytes(body: Brigade, f: FilterContext): Promise<Brigade> {
    const encoding = /^utf-?8$/i.test(f.r.charset ?? 'utf-8') ? 'utf8' : 'latin1';
    const bytes = await readAll(body);
    const [changed] = toBody(await change(bytes.toString(encoding), f));
    return [Buffer.from(changed, encoding), EOS];
  }
}

function toBody(changed: string): [text: string, end: typeof EOS] {
  if (typeof changed === 'string') return [changed, EOS];
  throw new TypeError(`the function given to wholeText gave ${typeof changed}; it must give text`);
}

async function readAll(body: Brigade): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (const bucket of body) {
    if (typeof bucket === 'symbol') continue;
    if (bucket instanceof FileBucket) for await (const chunk of bucket.chunks()) pieces.push(chunk);
    else pieces.push(typeof bucket === 'string' ? Buffer.from(bucket) : bucket);
  }
  return Buffer.concat(pieces);
}
