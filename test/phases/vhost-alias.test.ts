import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'fixed/x.txt': 'fixed',
  'hosts/one.test/x.txt': 'one',
  'hosts/one.test/sub/index.html': 'sub',
  'secret/x.txt': 'secret',
});

describe('VirtualDocumentRoot', () => {
  const app = testApp({ documentRoot: `${site}/fixed`, virtualDocumentRoot: `${site}/hosts/%0` });

  it('is the root of the host that was asked for', async () => {
    await request(app).get('/x.txt').set('Host', 'ONE.test:81').expect(200, 'one');
    await request(app).get('/sub').set('Host', 'one.test').expect(301).expect('Location', '/sub/');
    await request(app).get('/x.txt').set('Host', 'two.test').expect(404);
  });

  it('never leads out of its folder, whatever letters a name has', async () => {
    const climbing = testApp({ virtualDocumentRoot: `${site}/hosts/%0.2%0.4/secret` });
    await request(climbing).get('/x.txt').set('Host', 'a.b.c').expect(403);
  });

  it('gives scripts to a handler, never away', async () => {
    const scripts = testApp({ virtualDocumentRoot: `${site}/hosts/%0`, virtualScriptAlias: `${site}/hosts/%0` });
    await request(scripts)
      .get('/cgi-bin/x.txt')
      .set('Host', 'one.test')
      .expect(500, /500 Internal/);
  });

  it.each([
    ['hosts/%0', 'takes a path that begins with a slash, or none, not "hosts/%0"'],
    ['/hosts/%x', 'no such specifier as "%x" in column 8 of "/hosts/%x"'],
  ])('refuses %s', async (path, message) => {
    await expect(testApp({ virtualDocumentRoot: path })).rejects.toThrow(message);
  });
});
