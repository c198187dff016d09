import { describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { lchownSync, renameSync, symlinkSync } from 'node:fs';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const outside = makeSite({
  'secret.txt': 'a secret',
  'folder/secret.txt': 'a secret',
  'real/page.txt': 'page',
  'rootx/x.txt': 'a secret',
});
const site = makeSite({
  'root/page.txt': 'page',
  'root/sub/inner.txt': 'inner',
  'root-twin/secret.txt': 'a secret',
  'other/x.txt': 'a secret',
});
const root = `${site}/root`;
symlinkSync(`${outside}/secret.txt`, `${root}/out.txt`);
symlinkSync(`${outside}/folder`, `${root}/out`);
symlinkSync('../root-twin', `${root}/twin`);
symlinkSync('sub/inner.txt', `${root}/in.txt`);
symlinkSync('sub', `${root}/in`);
symlinkSync(`${outside}/missing`, `${root}/dangling.txt`);
symlinkSync(root, `${site}/current`);

const app = testApp({ logLevel: 'crit', documentRoot: root });

describe('a symbolic link', () => {
  it.each(['/out.txt', '/out/secret.txt', '/twin/secret.txt'])(
    'that leads out of the document root is refused: %s',
    async (path) => {
      const response = await request(app).get(path).expect(403);
      expect(response.text).not.toContain('a secret');
    },
  );

  it.each(['/in.txt', '/in/inner.txt'])('that stays inside is followed: %s', async (path) => {
    await request(app).get(path).expect(200, 'inner');
  });

  it('that leads nowhere is not found', async () => {
    await request(app).get('/dangling.txt').expect(404);
  });

  it('is followed under Options FollowSymLinks, where that holds', async () => {
    const open = testApp({
      logLevel: 'crit',
      documentRoot: root,
      sections: [{ directory: `${root}/out`, options: 'FollowSymLinks' }],
    });
    await request(open).get('/out/secret.txt').expect(200, 'a secret');
    await request(open).get('/out.txt').expect(403);
  });

  it('may be the document root itself, also after it was turned to another folder', async () => {
    symlinkSync(`${outside}/real`, `${site}/next`);
    const deployed = testApp({ logLevel: 'crit', documentRoot: `${site}/current` });
    await request(deployed).get('/page.txt').expect(200, 'page');
    await request(deployed).get('/out.txt').expect(403);
    renameSync(`${site}/next`, `${site}/current`);
    await request(deployed).get('/page.txt').expect(200, 'page');
    await request(deployed).get('/sub/inner.txt').expect(404);
  });

  it('is measured by the folder of the Alias that was used', async () => {
    const aliased = testApp({
      logLevel: 'crit',
      documentRoot: root,
      alias: [
        ['/real', `${root}/out`],
        ['/file', `${root}/out.txt`],
        ['/sub', `${root}/sub`],
      ],
      aliasMatch: ['^/m/(.*)$', `${root}/$1`],
    });
    symlinkSync('../page.txt', `${root}/sub/up.txt`);
    await request(aliased).get('/real/secret.txt').expect(200, 'a secret');
    await request(aliased).get('/file').expect(200, 'a secret');
    await request(aliased).get('/sub/up.txt').expect(403);
    await request(aliased).get('/m/sub/up.txt').expect(200, 'page');
    await request(aliased).get('/m/out/secret.txt').expect(403);
  });
});

const isRoot = process.getuid?.() === 0;

(isRoot ? describe : describe.skip)('Options SymLinksIfOwnerMatch', () => {
  it('follows links whose owner owns the target, and no others', async () => {
    const careful = testApp({ logLevel: 'crit', documentRoot: root, options: 'SymLinksIfOwnerMatch' });
    await request(careful).get('/out.txt').expect(200, 'a secret');
    await request(careful).get('/out/secret.txt').expect(200, 'a secret');
    lchownSync(`${root}/out.txt`, 65_534, 65_534);
    lchownSync(`${root}/out`, 65_534, 65_534);
    await request(careful).get('/out.txt').expect(403);
    await request(careful).get('/out/secret.txt').expect(403);
  });
});

describe('a link that is swapped while requests come in', () => {
  it("never shows what it mustn't", async () => {
    const swapping = fork(new URL('swap-links.mjs', import.meta.url), [
      `${root}/swap.txt`,
      `${root}/page.txt`,
      `${outside}/secret.txt`,
    ]);
    try {
      await once(swapping, 'message');
      for (let round = 0; round < 300; round++) {
        const { text } = await request(app).get('/swap.txt');
        expect(text).not.toContain('a secret');
      }
    } finally {
      swapping.kill();
      await once(swapping, 'exit');
    }
  });
});
