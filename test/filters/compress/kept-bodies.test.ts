import { utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../../core/request-record.ts';
import { gzip } from '../../../filters/compress/codings.ts';
import { compressingFilter } from '../../../filters/compress/compressing-filter.ts';
import { KeptBodies } from '../../../filters/compress/kept-bodies.ts';
import { testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

describe('kept bodies', () => {
  it('take no more bytes than the limit, and lose the one not asked for longest', () => {
    const kept = new KeptBodies();
    for (const name of ['a', 'b', 'c']) kept.keep(name, Buffer.alloc(10), 30);
    kept.get('a');
    kept.keep('d', Buffer.alloc(10), 30);
    expect(['a', 'b', 'c', 'd'].filter((name) => kept.get(name) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('count a body once that is kept twice', () => {
    const kept = new KeptBodies();
    for (const name of ['a', 'b', 'a', 'a']) kept.keep(name, Buffer.alloc(10), 20);
    expect(kept.get('b')).toBeDefined();
  });

  it('never take a body that is larger than the limit', () => {
    const kept = new KeptBodies();
    kept.keep('a', Buffer.alloc(5), 10);
    kept.keep('b', Buffer.alloc(11), 10);
    expect([kept.get('a'), kept.get('b')]).toEqual([Buffer.alloc(5), undefined]);
  });
});

describe('files that are compressed', () => {
  const text = 'a text that is compressed once, and once more when it has been changed\n';
  const site = makeSite({ 'a.txt': text, 'b.txt': text, 'c.txt': text });
  const old = new Date(Date.now() - 86_400_000);
  for (const name of ['a.txt', 'b.txt', 'c.txt']) utimesSync(`${site}/${name}`, old, old);
  let compressed = 0;
  const counting = compressingFilter({
    ...gzip,
    settings: () => 'counting',
    compress: (body, config) => (compressed++, gzip.compress(body, config)),
  });
  const app = testApp({
    documentRoot: site,
    outputFilter: [
      ['COUNTING', counting],
      ['SAME', { data: (chunk, f) => f.passOn(chunk) }],
    ],
    setOutputFilter: 'COUNTING',
    sections: [
      { location: '/b.txt', setOutputFilter: 'SAME;COUNTING' },
      { location: '/c.txt', compressionMinimumLength: 0, fileETag: 'None' },
      { location: '/made', contentHandler: (r: RequestRecord) => (r.setEtag('"1"'), text) },
    ],
  });

  async function timesCompressed(path: string): Promise<number> {
    compressed = 0;
    for (let times = 0; times < 3; times++) {
      await request(app).get(path).set('Accept-Encoding', 'gzip').expect(200, text);
    }
    return compressed;
  }

  it('are kept until they change', async () => {
    await expect(timesCompressed('/a.txt')).resolves.toBe(1);
    const changed = text.toUpperCase();
    writeFileSync(`${site}/a.txt`, changed);
    utimesSync(`${site}/a.txt`, old, old);
    await request(app).get('/a.txt').set('Accept-Encoding', 'gzip').expect(200, changed);
  });

  it.each([
    ['a filter has changed', '/b.txt'],
    ['has no ETag', '/c.txt'],
    ['a handler has made', '/made'],
  ])('are not kept where it is a body that %s', async (_, path) => {
    await expect(timesCompressed(path)).resolves.toBe(3);
  });
});
