import { writeFileSync } from 'node:fs';
import zlib from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const text = 'a line of text that repeats itself again and again\n'.repeat(40);
const site = makeSite({ 'a.txt': text });
writeFileSync(`${site}/httpd.conf`, 'DocumentRoot .\nAddOutputFilterByType ZSTD_COMPRESS text/plain\n');
const hasZstd = 'zstdDecompressSync' in zlib;

describe('ZSTD_COMPRESS', () => {
  (hasZstd ? it : it.skip)('compresses where Node can', async () => {
    const asked = request(await testApp(`${site}/httpd.conf`))
      .get('/a.txt')
      .set('Accept-Encoding', 'zstd');
    const { headers } = await asked.expect(200);
    expect(headers).toMatchObject({ 'content-encoding': 'zstd', vary: 'Accept-Encoding' });
  });

  (hasZstd ? it.skip : it)('is an error at start where Node can not, and says so', async () => {
    await expect(testApp(`${site}/httpd.conf`)).rejects.toThrow('this Node has no zstd; Node 22.15 and later have');
  });
});
