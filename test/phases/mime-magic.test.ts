import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  magic: '# images\n0\tstring\tGIF8\timage/gif\n\n0\tstring\tBZ\tapplication/x-tar\tx-bzip2\n',
  'bad-magic': '# one\n0 string GIF8 image/gif\n0 float 1 image/gif\n',
  'htdocs/image': 'GIF89a',
  'htdocs/named.txt': 'GIF89a',
  'htdocs/packed': 'BZh9',
  'htdocs/text': 'hello\n',
  'htdocs/page': '<!DOCTYPE html><p>',
  'htdocs/binary': new Uint8Array([0, 1, 2, 3]),
  'htdocs/empty': '',
});
const app = testApp({ documentRoot: `${site}/htdocs`, mimeMagicFile: `${site}/magic` });
const typeOf = async (name: string): Promise<string | undefined> =>
  (await request(app).get(`/${name}`)).headers['content-type'];

describe('MimeMagicFile', () => {
  it('says the type of files whose names say none', async () => {
    expect(await typeOf('image')).toBe('image/gif');
    expect(await typeOf('named.txt')).toBe('text/plain');
    await request(app).get('/packed').expect('Content-Type', 'application/x-tar').expect('Content-Encoding', 'x-bzip2');
  });

  it('tells text and HTML from other bytes', async () => {
    expect(await typeOf('text')).toBe('text/plain');
    expect(await typeOf('page')).toBe('text/html');
    expect(await typeOf('empty')).toBe('text/plain');
    expect(await typeOf('binary')).toBeUndefined();
  });

  it('says which line is wrong', async () => {
    await expect(testApp({ mimeMagicFile: `${site}/bad-magic` })).rejects.toThrow(
      `${site}/bad-magic:3: a line of magic`,
    );
    await expect(testApp({ mimeMagicFile: `${site}/nothing` })).rejects.toThrow("MimeMagicFile can't read its file");
  });
});
