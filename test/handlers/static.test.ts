import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';
import { get, rawRequest } from '../raw-request.ts';

const large = 'abcdefgh'.repeat(50_000);
const site = makeSite({
  'page.html': '<p>page</p>',
  'large.txt': large,
  'empty.txt': '',
  'exact.txt': 'x'.repeat(65_536),
  'old.txt': 'old',
  'future.txt': 'future',
  'folder/file.txt': 'file',
  'errors/404.html': 'own page',
});
utimesSync(`${site}/old.txt`, 1_000_000_000, 1_000_000_000);
utimesSync(`${site}/future.txt`, 4_000_000_000, 4_000_000_000);

const app = testApp({ documentRoot: site });

describe('GET', () => {
  it('gives the file with what is known of it', async () => {
    const response = await request(app).get('/old.txt').expect(200, 'old');
    expect(response.headers).toMatchObject({
      'content-length': '3',
      'content-type': 'text/plain',
      'last-modified': 'Sun, 09 Sep 2001 01:46:40 GMT',
      etag: `"3-${(1e15).toString(16)}"`,
      'accept-ranges': 'bytes',
    });
  });

  it.each([
    ['/large.txt', large],
    ['/exact.txt', 'x'.repeat(65_536)],
    ['/empty.txt', ''],
  ])('gives all of %s', async (path, body) => {
    const response = await request(app).get(path).expect(200, body);
    expect(response.headers['content-length']).toBe(String(body.length));
  });

  it('never says that a file was changed in the future', async () => {
    const { headers } = await request(app).get('/future.txt');
    expect(Date.parse(headers['last-modified']!)).toBeLessThanOrEqual(Date.now());
  });

  it("answers 403 for folders, and 404 for what isn't there and for names that no file can have", async () => {
    await request(app).get('/folder/').expect(403);
    for (const path of ['/missing', '/page.html/', `/${'a'.repeat(300)}`]) {
      await request(app).get(path).expect(404);
    }
  });

  it('keeps the status of an error document', async () => {
    const own = testApp({ documentRoot: site, errorDocument: [404, '/errors/404.html'] });
    const response = await request(own).get('/missing').set('If-None-Match', '*').expect(404, 'own page');
    expect(response.headers['content-type']).toBe('text/html');
  });
});

describe('HEAD', () => {
  it.each(['/page.html', '/large.txt', '/empty.txt'])('says of %s what GET says', async (path) => {
    const full = await request(app).get(path);
    const head = await request(app).head(path).expect(200);
    for (const name of ['content-type', 'etag', 'last-modified', 'accept-ranges'])
      expect(head.headers[name]).toBe(full.headers[name]);
    expect(head.headers['content-length'] ?? '0').toBe(full.headers['content-length']);
  });
});

describe('other methods', () => {
  it('OPTIONS names the methods', async () => {
    for (const path of ['/page.html', '/missing', '/folder/']) {
      const response = await request(app).options(path).expect(200, '').expect('Allow', 'GET, HEAD, OPTIONS');
      expect(response.headers).not.toHaveProperty('content-type');
    }
    expect(await rawRequest(app, get('*', 'Connection: close\r\n', 'OPTIONS'))).toMatch(
      /^HTTP\/1.1 200 .*\r\n(.*\r\n)*Allow: GET, HEAD, OPTIONS\r\n/,
    );
  });

  it.each(['put', 'post', 'delete', 'patch', 'trace'] as const)('%s is refused with 405 and Allow', async (method) => {
    const response = await request(app)[method]('/page.html').expect(405).expect('Allow', 'GET, HEAD, OPTIONS');
    expect(response.text).not.toContain('<p>page</p>');
  });

  it('POST to nothing finds nothing', async () => {
    await request(app).post('/missing').expect(404);
  });

  it('a method that nobody knows is refused with 501', async () => {
    const r = fakeRequest({ method: 'BREW', url: '/page.html', filename: `${site}/page.html` });
    expect(await runPhase('content', r, { documentRoot: site })).toBe(501);
    expect(r.allowed).toEqual(['GET', 'HEAD', 'OPTIONS']);
  });
});

describe('conditions', () => {
  it('are answered with 304 and the validators', async () => {
    const { headers } = await request(app).get('/old.txt');
    const etag = headers['etag']!;
    const response = await request(app).get('/old.txt').set('If-None-Match', etag).expect(304, '');
    expect(response.headers['etag']).toBe(etag);
    expect(response.headers).not.toHaveProperty('content-type');
    await request(app).get('/old.txt').set('If-Modified-Since', headers['last-modified']!).expect(304);
    await request(app).get('/large.txt').set('If-None-Match', '*').expect(304);
  });

  it('are answered with 412 where they fail', async () => {
    await request(app).get('/old.txt').set('If-Match', '"other"').expect(412);
    await request(app).get('/old.txt').set('If-Unmodified-Since', 'Sat, 08 Sep 2001 01:46:40 GMT').expect(412);
  });
});

describe('path info', () => {
  it('is refused unless AcceptPathInfo is On', async () => {
    await request(app).get('/page.html/more').expect(404);
    const accepting = testApp({
      documentRoot: site,
      acceptPathInfo: true,
      sections: [{ files: 'old.txt', acceptPathInfo: 'Default' }],
    });
    await request(accepting).get('/page.html/more').expect(200, '<p>page</p>');
    await request(accepting).get('/old.txt/more').expect(404);
    await expect(testApp({ acceptPathInfo: 'Perhaps' } as never)).rejects.toThrow('On, Off or Default');
  });
});

describe('what is no plain file', () => {
  it('is refused at once', async () => {
    execFileSync('mkfifo', [`${site}/pipe`]);
    symlinkSync('loop', `${site}/loop`);
    await request(app).get('/pipe').expect(403);
    await request(app).get('/loop').expect(403);
  });
});

describe('a file that becomes shorter while it is sent', () => {
  it('is cut off, never padded', async () => {
    writeFileSync(`${site}/shrinking.txt`, 'x'.repeat(8_000_000));
    const shrink = {
      data: (chunk: Uint8Array, f: { passOn(chunk: Uint8Array): void | Promise<void> }) => {
        truncateSync(`${site}/shrinking.txt`, 100_000);
        return f.passOn(chunk);
      },
    };
    const shrinking = testApp({
      documentRoot: site,
      outputFilter: ['SHRINK', { ...shrink, changes: 'sameLength' }],
      setOutputFilter: 'SHRINK',
    });
    const answer = await rawRequest(shrinking, get('/shrinking.txt'));
    expect(answer.length).toBeLessThan(200_000);
    expect(answer).not.toMatch(/0\r\n\r\n$/);
  });
});

describe('descriptors', () => {
  const openFiles = (): string[] =>
    readdirSync('/proc/self/fd')
      .map((descriptor) => readlinkIfThere(`/proc/self/fd/${descriptor}`))
      .filter((file) => file.startsWith(site));

  it('are closed, whatever became of the request', async () => {
    let finished = 0;
    let tell: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (tell = resolve));
    const whileServed: string[][] = [];
    const counted = testApp({
      documentRoot: site,
      logHandler: () => whileServed.push(openFiles()),
      cleanupHandler: () => ++finished === 4 && tell(),
    });
    await request(counted).get('/large.txt').expect(200);
    await request(counted).head('/page.html').expect(200);
    await request(counted).get('/large.txt').set('If-None-Match', '*').expect(304);
    await request(counted).get('/old.txt').set('If-Match', '"x"').expect(412);
    await all;
    expect(whileServed[0]).toEqual([`${site}/large.txt`]);
    expect(openFiles()).toEqual([]);
  });
});

describe('a subrequest', () => {
  it('takes no notice of the conditions and ranges of the request that it serves', async () => {
    const including = testApp({
      documentRoot: site,
      sections: [
        {
          location: '/including',
          contentHandler: async (r: RequestRecord) => {
            await r.write('[');
            await (await r.lookupUri('/old.txt')).run();
            await r.write(']');
            return OK;
          },
        },
      ],
    });
    const response = await request(including)
      .get('/including')
      .set('If-None-Match', '*')
      .set('Range', 'bytes=0-0')
      .expect(206);
    expect(response.text).toBe('[');
    await request(including).get('/including').set('If-None-Match', '*').expect(200, '[old]');
  });
});

/** The descriptor of the listing itself is gone by then. */
function readlinkIfThere(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
