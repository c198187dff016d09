import { describe, expect, it } from '@jest/globals';
import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import type { RequestRecord } from '../../../core/request-record.ts';
import { OK } from '../../../core/verdict.ts';
import { testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';
import { get, rawRequest } from '../../raw-request.ts';

const text = 'compress me '.repeat(100);
const gzipped = gzipSync(text);
const brotli = brotliCompressSync(text);
const site = makeSite({
  'page.html': text,
  'page.html.gz': gzipped,
  'page.html.br': brotli,
  'zipped.txt': text,
  'zipped.txt.gz': gzipped,
  'alone.txt': text,
  'only.txt.gz': gzipped,
  'link.txt': text,
  'other/secret': gzipped,
});
for (const name of ['page.html', 'page.html.gz', 'page.html.br', 'zipped.txt', 'zipped.txt.gz', 'alone.txt']) {
  utimesSync(`${site}/${name}`, 1_000_000_000, 1_000_000_000);
}
const outside = makeSite({ secret: 'a secret' });
symlinkSync(`${outside}/secret`, `${site}/link.txt.gz`);
mkdirSync(`${site}/alone.txt.br`);

const app = testApp({ documentRoot: site, precompressedFiles: ['br', 'gzip'], logLevel: 'crit' });

function ask(path: string, accepted: string): request.Test {
  return request(app).get(path).set('Accept-Encoding', accepted);
}

describe('PrecompressedFiles', () => {
  it.each([
    ['gzip, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip', 'gzip'],
    ['', undefined],
    ['zstd', undefined],
    ['gzip;q=0, br;q=0', undefined],
  ])('sends to who accepts %j the form in %s', async (accepted, coding) => {
    const response = await ask('/page.html', accepted).expect(200, text);
    expect(response.headers['content-encoding']).toBe(coding);
    expect(response.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-type': 'text/html' });
  });

  it('gives each form its length and its tag, and answers conditions by it', async () => {
    const { headers } = await ask('/page.html', 'gzip');
    expect(headers['content-length']).toBe(String(gzipped.length));
    const plain = await ask('/page.html', 'identity');
    expect(headers['etag']).toMatch(/-gzip"$/);
    expect(plain.headers['etag']).not.toBe(headers['etag']);
    const unchanged = await ask('/page.html', 'gzip').set('If-None-Match', headers['etag']!).expect(304);
    expect(unchanged.headers).toMatchObject({ vary: 'Accept-Encoding', etag: headers['etag'] });
    await ask('/page.html', 'br').set('If-None-Match', headers['etag']!).expect(200);
    const head = await request(app).head('/page.html').set('Accept-Encoding', 'gzip').expect(200);
    expect(head.headers['content-length']).toBe(String(gzipped.length));
  });

  it('cuts ranges out of the compressed bytes', async () => {
    const headers = 'Accept-Encoding: gzip\r\nRange: bytes=0-1\r\nConnection: close\r\n';
    const answer = await rawRequest(app, get('/page.html', headers));
    expect(answer).toMatch(/^HTTP\/1.1 206 /);
    expect(answer).toContain(`Content-Range: bytes 0-1/${gzipped.length}\r\n`);
    expect(answer.split('\r\n\r\n')[1]).toBe(gzipped.subarray(0, 2).toString('latin1'));
  });

  it('leaves alone what has no other form', async () => {
    const response = await ask('/alone.txt', 'gzip').expect(200, text);
    expect(response.headers).not.toHaveProperty('vary');
    await ask('/only.txt', 'gzip').expect(404);
  });

  it('follows no link that files may not be reached by', async () => {
    const response = await ask('/link.txt', 'gzip').expect(200, text);
    expect(response.headers).not.toHaveProperty('content-encoding');
  });

  it('sends the plain form where the environment says no-gzip, and to handlers that include the file', async () => {
    const own = testApp({
      documentRoot: site,
      precompressedFiles: 'gzip',
      sections: [
        { location: '/zipped.txt', setEnvIf: ['User-Agent', 'old', 'no-gzip'] },
        {
          location: '/including',
          contentHandler: async (r: RequestRecord) => {
            await (await r.lookupUri('/page.html')).run();
            return OK;
          },
        },
      ],
    });
    const old = await request(own)
      .get('/zipped.txt')
      .set('User-Agent', 'old')
      .set('Accept-Encoding', 'gzip')
      .expect(200, text);
    expect(old.headers['content-encoding']).toBeUndefined();
    await request(own).get('/zipped.txt').set('Accept-Encoding', 'gzip').expect('Content-Encoding', 'gzip');
    const including = await request(own).get('/including').set('Accept-Encoding', 'gzip').expect(200, text);
    expect(including.headers['content-encoding']).toBeUndefined();
  });

  it('may be switched off further in, and takes only what it knows', async () => {
    const off = testApp({
      documentRoot: site,
      precompressedFiles: 'gzip',
      sections: [{ files: 'page.html', precompressedFiles: 'Off' }],
    });
    const response = await request(off).get('/page.html').set('Accept-Encoding', 'gzip').expect(200, text);
    expect(response.headers).not.toHaveProperty('vary');
    await expect(testApp({ precompressedFiles: 'lzma' })).rejects.toThrow('takes br, zstd, gzip or Off');
  });
});
