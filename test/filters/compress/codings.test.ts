import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gzip } from '../../../filters/compress/codings.ts';

const config = { deflateCompressionLevel: 6, deflateMemLevel: 9, deflateWindowSize: 15, deflateBufferSize: 16_384 };

describe('a short body', () => {
  it('is compressed as well in a window of its own size as in the one that the config allows', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('the ', 'engine ', 'weaves '), { maxLength: 9_000 }), (words) => {
        const body = Buffer.from(words.join(''));
        const compressed = gzip.compress(body, config as never);
        expect(gunzipSync(compressed)).toEqual(body);
        expect(compressed).toHaveLength(gzipSync(body, { level: 6, memLevel: 9 }).length);
      }),
    );
  });

  it('is compressed right where that makes it longer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40_000 }), (bytes) => {
        expect(gunzipSync(gzip.compress(bytes, config as never))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
