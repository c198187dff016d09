import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BrigadeFilter } from '../../../core/filter/filter.ts';
import { type Coding, brotli, gzip } from '../../../filters/compress/codings.ts';
import { compressingFilter } from '../../../filters/compress/compressing-filter.ts';
import { runFilter } from '../../../testing/index.ts';

const decoders = { gzip: gunzipSync, br: brotliDecompressSync };

/** Compresses, and decodes again what came of it: compressed bytes may depend on where their input was cut. */
function thereAndBack(coding: Coding): BrigadeFilter {
  return {
    brigade(brigade, f) {
      f.remove();
      const chunks: Uint8Array[] = [];
      f.insertNext({
        type: 'contentSet',
        data: (chunk) => void chunks.push(chunk),
        end: (last) => {
          const body = Buffer.concat(chunks);
          const decode = f.r.contentEncoding === undefined ? undefined : decoders[coding.name as 'gzip' | 'br'];
          return last.passOn(decode === undefined ? body : decode(body));
        },
      });
      f.insertNext(compressingFilter(coding));
      return brigade;
    },
  };
}

const codings = [
  ['gzip', gzip],
  ['brotli', brotli],
] as const;

describe.each(codings)('compression with %s', (_, coding) => {
  const request = { headers: { 'Accept-Encoding': coding.name } };
  const filter = thereAndBack(coding);

  it.each([0, 1, 68, 69, 5_000, 65_536, 65_537, 300_000])(
    'gives back a body of %d bytes, however it comes',
    async (length) => {
      const body = Buffer.from(Array.from({ length }, (_value, at) => (at * at) % 251));
      const out = Buffer.concat(await runFilter(filter, [body], { request, timeout: 20_000 }));
      expect(out.equals(body)).toBe(true);
    },
    60_000,
  );

  it('gives back any bytes in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), async (chunks) => {
        const out = await runFilter(filter, chunks, { request, timeout: 20_000 });
        expect(Buffer.concat(out)).toEqual(Buffer.concat(chunks));
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('leaves the body alone where nobody asked for the coding', async () => {
    const body = 'a text that is long enough to be compressed, if anybody wanted that, which nobody does here';
    expect(Buffer.concat(await runFilter(compressingFilter(coding), [body])).toString()).toBe(body);
  });
});
