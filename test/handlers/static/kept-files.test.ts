import {
  type Stats,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { KeptFiles } from '../../../handlers/static/kept-files.ts';
import { fakeRequest, testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

interface Change {
  readonly how: string;
  readonly change: (path: string, before: Stats) => void;
  readonly status?: number;
  readonly body?: string;
}

const changes: readonly Change[] = [
  { how: 'overwritten with as many bytes', change: (path) => writeFileSync(path, 'new page'), body: 'new page' },
  { how: 'truncated', change: (path) => truncateSync(path, 3), body: 'the' },
  { how: 'deleted', change: (path) => rmSync(path), status: 404 },
  {
    how: 'replaced by one of the same size and time',
    change(path, { atime, mtime }) {
      writeFileSync(`${path}.new`, 'NEW PAGE');
      utimesSync(`${path}.new`, atime, mtime);
      renameSync(`${path}.new`, path);
    },
    body: 'NEW PAGE',
  },
  {
    how: 'written to, with its time set back',
    change(path, { atime, mtime }) {
      writeFileSync(path, 'THE PAGE');
      utimesSync(path, atime, mtime);
    },
    body: 'THE PAGE',
  },
];

const site = makeSite({
  'page.txt': 'the page',
  ...Object.fromEntries(changes.map((_, at) => [`${at}.txt`, 'the page'])),
});
const outside = makeSite({ 'outside.txt': 'outside' });
symlinkSync(`${outside}/outside.txt`, `${site}/link.txt`);

const app = testApp({
  documentRoot: site,
  alias: ['/open', site],
  sections: [{ location: '/open', options: 'FollowSymLinks' }],
});

/** Asks until the file is in memory: only what has not changed for a while is kept. */
beforeAll(async () => {
  await sleep(2_100);
  for (const url of ['/page.txt', ...changes.map((_, at) => `/${at}.txt`)]) {
    await request(app).get(url).expect(200, 'the page');
    await request(app).get(url).expect(200, 'the page');
  }
});

describe('a file that is kept in memory', () => {
  it.each(changes.map((change, at) => ({ ...change, at })))(
    'is seen by the next request when it was $how',
    async ({ change, status = 200, body, at }) => {
      const path = `${site}/${at}.txt`;
      change(path, statSync(path));
      const response = await request(app).get(`/${at}.txt`).expect(status);
      if (body !== undefined) expect(response.text).toBe(body);
    },
  );

  it('is sent with the same head, in ranges and on conditions, as one that is read', async () => {
    const { headers } = await request(app).get('/page.txt');
    const { headers: read } = await request(testApp({ documentRoot: site, fileCacheSize: 0 })).get('/page.txt');
    expect({ ...headers, date: '' }).toEqual({ ...read, date: '' });
    await request(app).get('/page.txt').set('Range', 'bytes=4-7').expect(206, 'page');
    await request(app).get('/page.txt').set('If-None-Match', headers['etag']!).expect(304);
  });

  it('is refused where another section has other rules', async () => {
    for (let times = 0; times < 2; times++) await request(app).get('/open/link.txt').expect(200, 'outside');
    await request(app).get('/link.txt').expect(403);
  });
});

describe('the memory for files', () => {
  const stats = Object.assign(statSync(import.meta.filename), { ctimeMs: 0, mtimeMs: 0 });
  const file = (length: number, of = stats) => ({
    stats: of,
    tag: undefined,
    lastModified: '',
    bytes: Buffer.alloc(length),
  });

  it('lets the oldest go where there would be too much', () => {
    const r = fakeRequest({ config: { fileCacheSize: 100 } });
    const files = new KeptFiles();
    for (const name of ['a', 'b', 'c']) files.keep(name, file(40), r);
    expect(['a', 'b', 'c'].map((name) => files.find(name, stats, r) !== undefined)).toEqual([false, true, true]);
    files.keep('large', file(101), r);
    expect(files.find('large', stats, r)).toBeUndefined();
    expect(files.find('c', stats, r)).toBeDefined();
  });

  it('keeps nothing that was changed just now, for a second change might not show', () => {
    const r = fakeRequest({});
    const files = new KeptFiles();
    for (const time of ['ctimeMs', 'mtimeMs']) {
      const fresh = Object.assign(statSync(import.meta.filename), {
        ctimeMs: 0,
        mtimeMs: 0,
        [time]: r.requestTime - 1_000,
      });
      files.keep('new', file(1, fresh), r);
      expect(files.find('new', fresh, r)).toBeUndefined();
    }
  });
});
