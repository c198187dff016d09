import { describe, expect, it } from '@jest/globals';
import { symlinkSync } from 'node:fs';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const secret = 'a secret';
const site = makeSite({
  '.env': secret,
  '.git/config': secret,
  '.git/objects/ab/cd.txt': secret,
  'sub/.hidden/x.txt': secret,
  '.htaccess': '',
  'sub/.htpasswd': secret,
  'sub/.HTpasswd2': secret,
  '.well-known/acme-challenge/token': 'a token',
  '.well-known/.private': secret,
  '.well-known-not/x': secret,
  'plain.txt': 'plain',
  'handler.ts': `export default () => 'made'; // ${secret}\n`,
  'filter.ts': `export default { data: (chunk, f) => f.passOn(chunk) }; // ${secret}\n`,
  'other.mjs': 'shown',
  'conf/httpd.conf': `# ${secret}
DocumentRoot ..
Include included.conf
OutputFilter PASS ../filter.ts
<Location "/made">
  ContentHandler ../handler.ts
</Location>
`,
  'conf/included.conf': `# ${secret}\nDirectoryIndex disabled\n`,
});
const outside = makeSite({ '.dotted/file.txt': 'opened on purpose' });

const app = testApp({ documentRoot: site });

describe('names that begin with a dot', () => {
  it.each([
    '/.env',
    '/.git/config',
    '/.git/objects/ab/cd.txt',
    '/sub/.hidden/x.txt',
    '/.well-known/.private',
    '/.well-known-not/x',
    '/.missing',
    '/%2egit/config',
    '/sub/..%2e/x',
  ])('are not found: %s', async (path) => {
    const response = await request(app).get(path).expect(404);
    expect(response.text).not.toContain(secret);
  });

  it.each(['/.htaccess', '/sub/.htpasswd', '/sub/.HTpasswd2', '/.htmissing'])('are forbidden: %s', async (path) => {
    await request(app).get(path).expect(403);
  });

  it('are served under DotFiles On, except .ht*', async () => {
    const open = testApp({ documentRoot: site, sections: [{ directory: `${site}/.git`, dotFiles: true }] });
    await request(open).get('/.git/config').expect(200, secret);
    await request(open).get('/.env').expect(404);
    const all = testApp({ documentRoot: site, dotFiles: true });
    await request(all).get('/.env').expect(200, secret);
    await request(all).get('/sub/.htpasswd').expect(403);
  });

  it('are served below .well-known, and where an Alias opens them', async () => {
    await request(app).get('/.well-known/acme-challenge/token').expect(200, 'a token');
    await request(testApp({ alias: ['/opened', `${outside}/.dotted`] }))
      .get('/opened/file.txt')
      .expect(200, 'opened on purpose');
  });
});

describe('the sources of the running config', () => {
  symlinkSync('handler.ts', `${site}/innocent.txt`);
  symlinkSync('conf', `${site}/linked`);
  const configured = testApp(`${site}/conf/httpd.conf`);

  it.each([
    '/handler.ts',
    '/filter.ts',
    '/conf/httpd.conf',
    '/conf/included.conf',
    '/innocent.txt',
    '/linked/httpd.conf',
  ])('are not found: %s', async (path) => {
    const response = await request(configured).get(path).expect(404);
    expect(response.text).not.toContain(secret);
  });

  it('are at work all the same', async () => {
    await request(configured).get('/made').expect(200, 'made');
    await request(configured).get('/other.mjs').expect(200, 'shown');
  });
});
