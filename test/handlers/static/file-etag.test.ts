import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import request from 'supertest';
import { testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

const large = 'abcdefgh'.repeat(20_000);
const site = makeSite({ 'a.txt': 'hello', 'large.txt': large, 'inner/a.txt': 'hello', 'inner/deep/a.txt': 'hello' });
for (const name of ['a.txt', 'large.txt', 'inner/a.txt', 'inner/deep/a.txt']) {
  utimesSync(`${site}/${name}`, 1_000_000_000, 1_000_000_000);
}
const time = (1e15).toString(16);

async function tagOf(fileETag: string | readonly string[], path = '/a.txt'): Promise<string | undefined> {
  const app = testApp({ documentRoot: site, fileETag: typeof fileETag === 'string' ? fileETag.split(' ') : fileETag });
  return (await request(app).get(path).expect(200)).headers['etag'];
}

function inode(path: string): string {
  return statSync(site + path).ino.toString(16);
}

describe('FileETag', () => {
  it.each([
    ['MTime Size', `"5-${time}"`],
    ['size MTIME', `"5-${time}"`],
    ['Size', '"5"'],
    ['MTime', `"${time}"`],
    ['None', undefined],
    ['-MTime', '"5"'],
    ['Size MTime -Size', `"${time}"`],
    ['+Size MTime', `"${time}"`],
  ])('%s makes the tag %s', async (words, tag) => {
    expect(await tagOf(words)).toBe(tag);
  });

  it('has the number of the file with INode and All', async () => {
    expect(await tagOf('INode')).toBe(`"${inode('/a.txt')}"`);
    expect(await tagOf('All')).toBe(`"${inode('/a.txt')}-5-${time}"`);
    expect(await tagOf('+INode')).toBe(`"${inode('/a.txt')}-5-${time}"`);
  });

  it.each(['/a.txt', '/large.txt'])('is the hash of %s with Digest, also the second time', async (path) => {
    const content = path === '/a.txt' ? 'hello' : large;
    const hash = `"${createHash('sha1').update(content).digest('base64')}"`;
    const app = testApp({ documentRoot: site, fileETag: 'Digest' });
    for (let round = 0; round < 2; round++) {
      await request(app).get(path).expect(200, content).expect('ETag', hash);
    }
    await request(app).get(path).set('If-None-Match', hash).expect(304);
    await request(app).get(path).set('Range', 'bytes=0-1').set('If-Range', hash).expect(206, content.slice(0, 2));
  });

  it('sees that a file with a Digest has changed', async () => {
    const app = testApp({ documentRoot: site, fileETag: 'Digest' });
    writeFileSync(`${site}/changing.txt`, 'one');
    const first = (await request(app).get('/changing.txt')).headers['etag'];
    writeFileSync(`${site}/changing.txt`, 'two');
    expect((await request(app).get('/changing.txt').expect(200, 'two')).headers['etag']).not.toBe(first);
  });

  it('with signs changes what holds outside', async () => {
    const app = testApp({
      documentRoot: site,
      fileETag: ['Size', 'INode'],
      sections: [
        { directory: `${site}/inner`, fileETag: ['-INode', '+MTime'] },
        { directory: `${site}/inner/deep`, fileETag: 'None' },
      ],
    });
    await request(app)
      .get('/a.txt')
      .expect('ETag', `"${inode('/a.txt')}-5"`);
    await request(app).get('/inner/a.txt').expect('ETag', `"5-${time}"`);
    const deep = await request(app).get('/inner/deep/a.txt').expect(200);
    expect(deep.headers).not.toHaveProperty('etag');
    await request(app).get('/inner/deep/a.txt').set('If-None-Match', '*').expect(304);
  });

  it.each([
    ['Sise', 'did you mean "Size"?'],
    ['+All', 'stands alone and has no sign'],
    ['None Size', 'stands alone and has no sign'],
    ['+', 'FileETag knows no "+"'],
  ])('%s is an error', async (words, message) => {
    await expect(testApp({ fileETag: words.split(' ') })).rejects.toThrow(message);
  });

  it('needs a word', async () => {
    await expect(testApp({ fileETag: [] })).rejects.toThrow();
  });
});
