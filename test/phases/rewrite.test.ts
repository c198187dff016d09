import { chmodSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'htdocs/a.txt': 'a',
  'htdocs/b.txt': 'b',
  'htdocs/d/.htaccess': 'RewriteEngine On\nRewriteRule ^loop(.*)$ loop$1x\n',
  'htdocs/d/a.txt': 'd a',
  'htdocs/e/.htaccess': 'RewriteEngine On\nRewriteRule ^one$ a.txt\n',
  'htdocs/e/a.txt': 'e a',
  'map.txt': 'key /a.txt\n',
  'program.mjs': `#!${process.execPath}
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (key) => console.log('/' + key.split('').reverse().join('')));
`,
});
chmodSync(`${site}/program.mjs`, 0o755);

const root = { documentRoot: `${site}/htdocs`, rewriteEngine: true } as const;

describe('RewriteRule in a TypeScript config', () => {
  it('is a line, or its words', async () => {
    const app = await testApp({
      ...root,
      rewriteRule: [
        ['^/words$', '/a.txt'],
        ['^/flags$', '/b.txt', '[R=301,L]'],
      ],
    });
    await request(app).get('/words').expect(200, 'a');
    await request(app).get('/flags').expect(301).expect('Location', '/b.txt');
    const line = await testApp({ ...root, rewriteRule: '^/line$ /a.txt [L]' });
    await request(line).get('/line').expect(200, 'a');
  });

  it('has the conditions before it', async () => {
    const app = await testApp({
      ...root,
      rewriteCond: [
        ['%{HTTP:X-Go}', '=b'],
        ['%{REQUEST_METHOD}', '^get$', '[NC]'],
      ],
      rewriteRule: [['^/a\\.txt$', '/b.txt']],
    });
    await request(app).get('/a.txt').set('X-Go', 'b').expect(200, 'b').expect('Vary', 'X-Go');
    await request(app).get('/a.txt').expect(200, 'a');
  });
});

describe('RewriteMap', () => {
  it('asks a program', async () => {
    const app = await testApp({
      ...root,
      rewriteMap: [['reverse', `prg:${site}/program.mjs`]],
      rewriteRule: [['^/r/(.*)$', '${reverse:$1}']],
    });
    await Promise.all([
      request(app).get('/r/txt.a').expect(200, 'a'),
      request(app).get('/r/txt.b').expect(200, 'b'),
      request(app).get('/r/txt.c').expect(404),
    ]);
  });
});

describe('What can be seen of rewriting', () => {
  it('is a trace of every rule', async () => {
    const log = collectLog();
    const app = await testApp({
      ...root,
      plugins: [log],
      rewriteCond: [['%{REQUEST_METHOD}', 'POST']],
      rewriteRule: [
        ['^/one$', '/b.txt'],
        ['^/two$', '/b.txt'],
        ['^/(one)$', '/a.txt?$1', '[E=SEEN:yes]'],
      ],
    });
    await request(app).get('/one').expect(200, 'a');
    expect(
      log.lines.filter(({ module }) => module === 'rewrite').map(({ level, message }) => `${level} ${message}`),
    ).toEqual([
      'trace3 pattern ^/one$ on "/one": match',
      'trace4 condition %{REQUEST_METHOD} POST with "GET": doesn\'t hold',
      'trace3 pattern ^/two$ on "/one": no match',
      'trace3 pattern ^/(one)$ on "/one": match',
      'trace5 environment: SEEN:yes',
      'trace2 "/one" becomes "/a.txt?one"',
      'trace3 path /a.txt, query one',
      `trace1 /one is the file ${site}/htdocs/a.txt`,
    ]);
  });

  it('names the folder of the rules', async () => {
    const log = collectLog();
    const app = await testApp({
      ...root,
      plugins: [log],
      sections: [{ directory: `${site}/htdocs`, allowOverride: 'All' }],
    });
    await request(app).get('/e/one').expect(200, 'e a');
    expect(log.messages('trace1')).toEqual([
      `[${site}/htdocs/e/] internal redirect to /e/a.txt`,
      `[${site}/htdocs/e/] ${site}/htdocs/e/a.txt is left as it is`,
    ]);
  });

  it('is an error for a loop of internal redirects', async () => {
    const log = collectLog();
    const sections = [{ directory: `${site}/htdocs`, allowOverride: 'All' }];
    const app = await testApp({ ...root, plugins: [log], sections });
    await request(app).get('/d/loop').expect(500);
    expect(log.messages('error')).toContainEqual(
      expect.stringMatching(/internal redirects, the last one to \/d\/loopx/),
    );
  });

  it('is an error for a loop', async () => {
    const log = collectLog();
    const app = await testApp({ ...root, plugins: [log], rewriteRule: [['^/x(.*)$', '/x$1', '[N=20]']] });
    await request(app).get('/x').expect(500);
    expect(log.messages('error')).toEqual(['the RewriteRule ^/x(.*)$ has been started anew 20 times for /x: a loop']);
  });
});

describe('Mistakes in rules', () => {
  it.each([
    [{ rewriteRule: '^/a' }, /RewriteRule takes pattern substitution \[flags\], but was given "\^\/a"/],
    [{ rewriteRule: '^/a /b L' }, /its flags stand in one pair of brackets, but here is "L"/],
    [{ rewriteRule: '^/a /b [Las]' }, /RewriteRule knows no flag "Las"; did you mean Last\?|knows no flag "Las"/],
    [{ rewriteRule: '^/a /b [P]' }, /the flag P needs a proxy/],
    [{ rewriteRule: '^/a /b [R=999]' }, /the flag R takes permanent, temp, seeother or the number/],
    [{ rewriteRule: '^/a /b [S=x]' }, /the flag S takes a whole number, not "x"/],
    [{ rewriteRule: '^/a /b [E]' }, /the flag E needs a value: E=…/],
    [{ rewriteRule: '^/a /b [CO=x]' }, /the flag CO takes name:value:domain/],
    [{ rewriteRule: '^/( /b' }, /bad regular expression "\^\/\("/],
    [{ rewriteCond: '%{X} a [L]' }, /RewriteCond knows no flag "L"/],
    [{ rewriteMap: ['m', 'dbm:x'] }, /maps of type dbm are not supported/],
    [{ rewriteMap: ['m', 'int:x'] }, /the internal maps are toupper, tolower, escape, unescape/],
    [{ rewriteMap: ['m', 'txt:/nonexistent'] }, /the map can't be read: ENOENT/],
    [{ rewriteMap: ['m', 'int:escape', 'user:group'] }, /map programs run as the server itself/],
    [{ rewriteOptions: 'Inherits' }, /RewriteOptions knows no "Inherits"/],
    [
      { sections: [{ location: '/', rewriteBase: 'x' }] },
      /RewriteBase takes a URL path that begins with a slash, not "x"/,
    ],
  ])('are errors at start: %j', async (config, message) => {
    await expect(testApp(config as Parameters<typeof testApp>[0])).rejects.toThrow(message);
  });
});
