import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import type { BrigadeFilter } from '../../../core/filter/filter.ts';
import type { RequestRecord } from '../../../core/request-record.ts';
import { inflateOutput } from '../../../filters/inflate/inflate-output.ts';
import { runFilter, testApp } from '../../../testing/index.ts';

const text = 'hello world, this is text\n'.repeat(40);

/** INFLATE behind a handler that says that its body is in gzip. */
const inflate: BrigadeFilter = {
  brigade(brigade, f) {
    f.remove();
    f.r.contentEncoding = 'gzip';
    f.insertNext(inflateOutput);
    return brigade;
  },
};

describe('INFLATE of responses', () => {
  it('decompresses a body, however it comes', async () => {
    expect(Buffer.concat(await runFilter(inflate, [gzipSync(text)])).toString()).toBe(text);
  });

  it('decompresses several members, one behind the other', async () => {
    const members = Buffer.concat([gzipSync('one'), gzipSync('two')]);
    expect(Buffer.concat(await runFilter(inflate, [members])).toString()).toBe('onetwo');
  });

  it('gives back whatever was compressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(Buffer.concat(await runFilter(inflate, [gzipSync(bytes)], { timeout: 20_000 }))).toEqual(
          Buffer.from(bytes),
        );
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it.each([
    ['truncated', gzipSync(text).subarray(0, 30)],
    ['no gzip at all', Buffer.from('hello')],
    ['of the wrong checksum', Buffer.concat([gzipSync(text).subarray(0, -8), Buffer.alloc(8)])],
    ['followed by something else', Buffer.concat([gzipSync(text), Buffer.from('and more')])],
    ['a bomb', gzipSync(Buffer.alloc(20_000_000))],
  ])('fails on a body that is %s', async (_, body) => {
    await expect(runFilter(inflate, [body])).rejects.toThrow();
  });

  it('passes on what is in no coding', async () => {
    expect(Buffer.concat(await runFilter(inflateOutput, [text])).toString()).toBe(text);
  });
});

const app = testApp({
  setInputFilter: 'DEFLATE',
  limitRequestBody: 100_000,
  sections: [
    { location: '/length', contentHandler: async (r: RequestRecord) => String((await r.read()).length) },
    {
      location: '/head',
      contentHandler: async (r: RequestRecord) => {
        await r.text();
        return `${r.headersIn.get('Content-Encoding')} ${r.headersIn.get('Content-Length')}`;
      },
    },
    { location: '/small', deflateInflateLimitRequestBody: 1_000, contentHandler: (r: RequestRecord) => r.text() },
  ],
});

function post(path: string, body: Uint8Array, coding = 'gzip'): request.Test {
  return request(app).post(path).set('Content-Encoding', coding).set('Content-Type', 'text/plain').send(body);
}

/** Of a ratio below the limit. */
const loose = Buffer.from(Array.from({ length: 30_000 }, (_, at) => (at * at) % 251));

describe('INFLATE of requests', () => {
  it('shows the handler the plain body, and the head that fits it', async () => {
    await post('/length', gzipSync(text)).expect(200, '1040');
    await post('/head', gzipSync(text)).expect(200, 'undefined undefined');
  });

  it('lets bodies in no coding, or in one that it does not know, through', async () => {
    await post('/length', Buffer.from('hello'), 'identity').expect(200, '5');
    const packed = brotliCompressSync(text);
    await post('/length', packed, 'br').expect(200, String(packed.length));
  });

  it.each([
    ['truncated', gzipSync(text).subarray(0, 30)],
    ['no gzip at all', Buffer.from('hello')],
    ['followed by something else', Buffer.concat([gzipSync(text), Buffer.from('and more')])],
  ])('answers 400 to a body that is %s', async (_, body) => {
    await post('/length', body).expect(400);
  });

  it('answers 413 to a bomb', async () => {
    await post('/length', gzipSync(Buffer.alloc(20_000_000))).expect(413);
  });

  it('counts the limits after inflation', async () => {
    await post('/length', gzipSync(loose)).expect(200, '30000');
    await post('/small', gzipSync(loose)).expect(413);
    await post('/length', gzipSync(Buffer.concat([loose, loose, loose, loose]))).expect(413);
  });

  it('answers 415 to one coding inside another', async () => {
    await post('/length', gzipSync(gzipSync(text)), 'gzip, gzip').expect(415);
  });
});
