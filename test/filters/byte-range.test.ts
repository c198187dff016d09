import { describe, expect, it } from '@jest/globals';
import { utimesSync } from 'node:fs';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const small = Array.from({ length: 2_000 }, (_, at) => String(at + 1).padStart(4, '0')).join('');
const large = small.repeat(20);
const site = makeSite({ 'small.txt': small, 'large.txt': large, 'empty.txt': '', 'fresh.txt': 'abc' });
const yesterday = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 86_400_000);
for (const name of ['small.txt', 'large.txt']) utimesSync(`${site}/${name}`, yesterday, yesterday);

const app = testApp({
  documentRoot: site,
  outputFilter: ['LOOK', { changes: 'nothing', data: (chunk, f) => f.passOn(chunk) }],
  sections: [
    { location: '/made', contentHandler: () => 'made by a handler' },
    {
      location: '/flushed',
      contentHandler: async (r: RequestRecord) => {
        await r.write('first ');
        await r.flush();
        await r.write('second');
        return OK;
      },
    },
    { location: '/teapot', contentHandler: (r: RequestRecord) => ((r.status = 203), 'short and stout') },
  ],
});

const ask = (path: string, range: string): request.Test => request(app).get(path).set('Range', range);

describe.each([
  ['a small file', '/small.txt', small],
  ['a large file', '/large.txt', large],
])('a range of %s', (_, path, body) => {
  it('is answered with 206, its place and its bytes', async () => {
    const response = await ask(path, 'bytes=4-11').expect(206, '00020003');
    expect(response.headers).toMatchObject({
      'content-range': `bytes 4-11/${body.length}`,
      'content-length': '8',
      'content-type': 'text/plain',
    });
    expect(response.headers).toHaveProperty('etag');
    expect(response.headers).toHaveProperty('last-modified');
  });

  it('may be the end of the body', async () => {
    await ask(path, 'bytes=-4')
      .expect(206, body.slice(-4))
      .expect('Content-Range', `bytes ${body.length - 4}-${body.length - 1}/${body.length}`);
  });

  it('may be several, which come as the parts of a multipart body', async () => {
    const response = await ask(path, 'bytes=0-3,8-11')
      .expect(206)
      .expect('Content-Type', /^multipart\/byteranges; boundary=[0-9a-f]{24}$/)
      .buffer(true)
      .parse(collect);
    const boundary = response.headers['content-type']!.split('=')[1]!;
    const part = (range: string, bytes: string): string =>
      `\r\n--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes ${range}/${body.length}\r\n\r\n${bytes}`;
    expect(response.body).toBe(`${part('0-3', '0001')}${part('8-11', '0003')}\r\n--${boundary}--\r\n`);
    expect(response.headers).not.toHaveProperty('content-range');
  });

  it('outside of the body is answered with 416 and the length', async () => {
    const response = await ask(path, `bytes=${body.length}-`)
      .expect(416)
      .expect('Content-Range', `bytes */${body.length}`);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers).not.toHaveProperty('etag');
  });

  it("in a bad header is as if it weren't there", async () => {
    await ask(path, 'bytes=9-1').expect(200, body);
  });
});

describe('If-Range', () => {
  it('lets the range count where ETag or date are those of the file', async () => {
    const { headers } = await request(app).get('/small.txt');
    await ask('/small.txt', 'bytes=0-3').set('If-Range', headers['etag']!).expect(206);
    await ask('/small.txt', 'bytes=0-3').set('If-Range', headers['last-modified']!).expect(206);
  });

  it('asks for the whole body where they are not', async () => {
    await ask('/small.txt', 'bytes=0-3').set('If-Range', '"other"').expect(200);
    await ask('/small.txt', 'bytes=0-3')
      .set('If-Range', new Date(yesterday.getTime() + 1_000).toUTCString())
      .expect(200);
    await ask('/small.txt', 'bytes=0-3').set('If-Range', 'nonsense').expect(200);
  });

  it('never trusts a weak tag', async () => {
    const now = new Date();
    utimesSync(`${site}/fresh.txt`, now, now);
    const { headers } = await request(app).get('/fresh.txt');
    expect(headers['etag']).toMatch(/^W\//);
    await ask('/fresh.txt', 'bytes=0-1').set('If-Range', headers['etag']!).expect(200);
  });
});

describe('the filter', () => {
  it('works for whatever makes the body', async () => {
    await ask('/made', 'bytes=0-3').expect(206, 'made').expect('Content-Range', 'bytes 0-3/17');
  });

  it('leaves alone what comes in pieces, has another status, or is empty', async () => {
    await ask('/flushed', 'bytes=0-3').expect(200, 'first second');
    await ask('/teapot', 'bytes=0-3').expect(203, 'short and stout');
    await ask('/missing', 'bytes=0-3').expect(404);
    await ask('/empty.txt', 'bytes=0-3').expect(200, '');
  });

  it('is for GET alone', async () => {
    await request(app).head('/small.txt').set('Range', 'bytes=0-3').expect(200).expect('Content-Length', '8000');
  });

  it("doesn't send a bomb", async () => {
    const bomb = `bytes=${Array.from({ length: 1_300 }, (_, at) => `${at}-`).join(',')}`;
    await ask('/large.txt', bomb.slice(0, 8_000).replace(/,[^,]*$/, '')).expect((response) => {
      expect(Number(response.headers['content-length'])).toBeLessThanOrEqual(large.length);
    });
  });
});

function collect(response: request.Response, done: (error: Error | null, body: string) => void): void {
  let body = '';
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.setEncoding('latin1');
  stream.on('data', (chunk: string) => (body += chunk)).on('end', () => done(null, body));
}

describe('MaxRanges, MaxRangeOverlaps and MaxRangeReversals', () => {
  it('none makes nothing of Range, and says so', async () => {
    const none = testApp({ documentRoot: site, maxRanges: 'none' });
    const response = await request(none).get('/small.txt').set('Range', 'bytes=0-3').expect(200, small);
    expect(response.headers['accept-ranges']).toBe('none');
  });

  it('hold for the folder that says them', async () => {
    const limited = testApp({
      documentRoot: site,
      sections: [{ directory: site, maxRanges: 1, maxRangeOverlaps: 'unlimited', maxRangeReversals: 'default' }],
    });
    await request(limited).get('/small.txt').set('Range', 'bytes=0-3').expect(206, '0001');
    await request(limited).get('/small.txt').set('Range', 'bytes=0-3,8-11').expect(200, small);
  });

  it.each(['0', '-1', 'some', '5x', '1e3'])('refuse %s', async (value) => {
    await expect(testApp({ maxRanges: value } as never)).rejects.toThrow('takes default, unlimited, none or a number');
  });
});
