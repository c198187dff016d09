import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { definePlugin } from '../../core/plugin.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'root/a/file.txt': 'root',
  'icons/logo.txt': 'logo',
  'icons/small/logo.txt': 'small logo',
  'one.txt': 'one file',
  'httpd.conf': `
AliasMatch ^/a/(.*)$ icons/small/$1
Alias /a icons
Alias /b icons
AliasMatch ^/b/(.*)$ icons/small/$1
`,
});

const map = async (url: string, config: object): Promise<string | undefined> => {
  const r = fakeRequest({ url });
  await runPhase('translate', r, config);
  return r.translatedFilename;
};

describe('Alias', () => {
  const config = {
    alias: [
      ['/icons', `${site}/icons`],
      ['/below/', `${site}/icons/`],
      ['/one', `${site}/one.txt`],
    ],
  } as const;

  it.each([
    ['/icons', '/icons'],
    ['/icons/', '/icons/'],
    ['/icons/small/logo.txt', '/icons/small/logo.txt'],
    ['/icons/../icons/x', '/icons/x'],
    ['/below/logo.txt', '/icons/logo.txt'],
    ['/one', '/one.txt'],
  ])('maps %s to %s', async (url, file) => {
    expect(await map(url, config)).toBe(site + file);
  });

  it.each(['/iconset', '/icon', '/Icons/x', '/below', '/x/icons'])('has nothing to do with %s', async (url) => {
    expect(await map(url, config)).toBeUndefined();
  });

  it('comes before DocumentRoot, and the first line that matches wins', async () => {
    const inOrder = {
      documentRoot: `${site}/root`,
      alias: [
        ['/a/b', '/first'],
        ['/a', '/second'],
        ['/a/c', '/never'],
      ],
    };
    expect(await map('/a/b/x', inOrder)).toBe('/first/x');
    expect(await map('/a/c/x', inOrder)).toBe('/second/c/x');
    expect(await map('/other', inOrder)).toBe(`${site}/root/other`);
  });

  it('may stand for the whole server', async () => {
    expect(await map('/x/y', { alias: ['/', '/srv/all'] })).toBe('/srv/all/x/y');
    expect(await map('/x/y', { alias: ['/files', '/'] })).toBeUndefined();
    expect(await map('/files/etc', { alias: ['/files', '/'] })).toBe('/etc');
  });

  it('says which prefix and folder mapped the request', async () => {
    const r = fakeRequest({ url: '/icons/logo.txt' });
    await runPhase('translate', r, config);
    expect([r.contextPrefix, r.contextDocumentRoot]).toEqual(['/icons', `${site}/icons`]);
  });

  it('asks the lines of a virtual host before those of the main server', async () => {
    const hosts = {
      alias: ['/a', '/outer'],
      sections: [{ virtualHost: '*', serverName: 'localhost', alias: ['/a/b', '/inner'] }],
    } as const;
    expect(await map('/a/b', hosts)).toBe('/inner');
    expect(await map('/a/c', hosts)).toBe('/outer/c');
  });

  it('must begin with a slash', async () => {
    await expect(testApp({ alias: ['icons', '/srv'] })).rejects.toThrow('begins with a slash, not "icons"');
  });

  it('serves what it maps to', async () => {
    const app = testApp({ documentRoot: `${site}/root`, ...config });
    await request(app).get('/icons/small/logo.txt').expect(200, 'small logo');
    await request(app).get('/one').expect(200, 'one file');
    await request(app).get('/icons/small').expect(301).expect('Location', '/icons/small/');
  });
});

describe('AliasMatch', () => {
  it('puts the groups into the file name', async () => {
    const config = { aliasMatch: ['^/user/(\\w+)(/.*)?$', '/home/$1/www$2'] };
    expect(await map('/user/ann/x.html', config)).toBe('/home/ann/www/x.html');
    expect(await map('/user/ann', config)).toBe('/home/ann/www');
    expect(await map('/users/ann', config)).toBeUndefined();
  });

  it('keeps its place among the Alias lines', async () => {
    const app = testApp(`${site}/httpd.conf`);
    await request(app).get('/a/logo.txt').expect(200, 'small logo');
    await request(app).get('/b/logo.txt').expect(200, 'logo');
  });

  it("takes the folder before its first group for the one that links mustn't leave", async () => {
    const r = fakeRequest({ url: '/user/ann' });
    await runPhase('translate', r, { aliasMatch: ['^/user/(.*)$', '/home/www-$1/x'] });
    expect([r.contextPrefix, r.contextDocumentRoot]).toEqual(['', '/home']);
  });

  it("is an error where the expression can't be compiled", async () => {
    await expect(testApp({ aliasMatch: ['^/(', '/x'] })).rejects.toThrow('bad regular expression');
  });
});

describe('AliasMatch whose groups climb', () => {
  it.each(['/files../one.txt', '/files%2e%2e/one.txt', '/files..', '/files.'])('%s is refused', async (url) => {
    const app = testApp({ documentRoot: `${site}/root`, aliasMatch: ['^/files(.*)$', `${site}/icons/$1`] });
    await request(app).get('/files/logo.txt').expect(200, 'logo');
    await request(app).get(url).expect(403);
  });
});

describe('Alias in a Location', () => {
  const app = testApp({
    documentRoot: `${site}/root`,
    alias: ['/both', `${site}/icons`],
    sections: [
      { location: '/one', alias: `${site}/one.txt` },
      { location: '/kept', alias: `${site}/icons`, aliasPreservePath: true },
      { locationMatch: '^/named/(?<name>\\w+)', alias: `${site}/icons/%{env:MATCH_NAME}.txt` },
      { location: '/climbing', alias: `${site}/icons/%{QUERY_STRING}` },
      { location: '/both/logo.txt', alias: `${site}/one.txt` },
    ],
  });

  it.each([
    ['/one', 'one file'],
    ['/one/more', 'one file'],
    ['/kept/small/logo.txt', 'small logo'],
    ['/named/logo', 'logo'],
    ['/both/logo.txt', 'one file'],
    ['/both/small/logo.txt', 'small logo'],
  ])('maps %s', async (url, body) => {
    await request(app).get(url).expect(200, body);
  });

  it('is seen from the folder of the config, wherever the expression leads', async () => {
    await request(app).get('/climbing?../one.txt').expect(403);
  });

  it.each([
    [{ location: '/x', alias: ['/y', '/z'] as const }, 'takes only a file in a section'],
    [{ directory: '/x', alias: '/z' }, 'Alias is not allowed in <Directory>'],
  ])('refuses %j', async (section, message) => {
    await expect(testApp({ sections: [section] })).rejects.toThrow(message);
  });
});

describe('ScriptAlias', () => {
  const app = testApp({ scriptAlias: ['/cgi', `${site}/icons`], scriptAliasMatch: ['^/run/(.*)', `${site}/$1`] });

  it.each(['/cgi/logo.txt', '/run/one.txt'])('never shows the source of %s', async (url) => {
    const { text } = await request(app).get(url).expect(500);
    expect(text).not.toMatch(/logo|one file/);
  });

  it('gives the file to the handler that is called cgi-script', async () => {
    const cgi = definePlugin({ name: 'cgi', handlers: { 'cgi-script': (r) => `ran ${r.filename} ${r.pathInfo}` } });
    const running = testApp({ scriptAlias: ['/cgi', `${site}/icons`], plugins: [cgi] });
    await request(running).get('/cgi/logo.txt/more').expect(200, `ran ${site}/icons/logo.txt /more`);
  });
});
