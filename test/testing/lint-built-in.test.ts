import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type Lint, type ReadyApp, collectLog, lint, makeSite, testApp } from '../../testing/index.ts';

const site = makeSite({
  'httpd.conf': `
    DocumentRoot ./htdocs
    ServerName example.com
    FileETag MTime Size
    AddDefaultCharset utf-8
    AddOutputFilterByType BROTLI_COMPRESS;DEFLATE text/html text/plain
    AddType text/html .shtml
    ExpiresActive On
    ExpiresDefault "access plus 1 day"
    Header set X-Frame-Options DENY
    Redirect 301 /old /new.txt
    RewriteEngine On
    RewriteRule ^/rewritten$ /new.txt
    <Directory ./htdocs>
      Options +Indexes +Includes +MultiViews
      AllowOverride All
    </Directory>
    <Files *.shtml>
      SetOutputFilter INCLUDES
    </Files>
    <Location /swapped>
      SetOutputFilter SUBSTITUTE
      Substitute s/new/fresh/
    </Location>
    <Location /slow>
      SetEnv rate-limit 1000
      SetOutputFilter RATE_LIMIT
    </Location>
    <Location /echo>
      SetHandler reflector
    </Location>
    <Location /staff>
      AuthType Basic
      AuthName Staff
      AuthUserFile ./users
      Require valid-user
    </Location>
    <Location /nobody>
      Require all denied
      ErrorDocument 403 /new.txt
    </Location>
    Alias /swapped ./htdocs
    Alias /slow ./htdocs
    Alias /staff ./htdocs
  `,
  users: 'ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n',
  'htdocs/new.txt': 'a new text\n'.repeat(1_000),
  'htdocs/page.shtml': '<p><!--#echo var="REQUEST_URI" --> <!--#include virtual="/new.txt" --></p>\n',
  'htdocs/list/one.txt': 'one',
  'htdocs/list/two.html': '<p>two</p>',
  'htdocs/many.html.en': '<p>English</p>',
  'htdocs/many.html.de': '<p>Deutsch</p>',
  'htdocs/guarded/.htaccess': 'Deny from all',
});
afterAll(() => site.remove());

const requests: readonly (readonly [
  method: 'get' | 'head' | 'post',
  path: string,
  headers?: Record<string, string>,
])[] = [
  ['get', '/new.txt'],
  ['get', '/new.txt', { 'Accept-Encoding': 'identity' }],
  ['get', '/new.txt', { 'Accept-Encoding': 'identity', Range: 'bytes=5-9' }],
  ['get', '/new.txt', { 'Accept-Encoding': 'identity', Range: 'bytes=0-1,5-9' }],
  ['get', '/new.txt', { 'Accept-Encoding': 'identity', Range: 'bytes=99999-' }],
  ['get', '/new.txt', { 'If-None-Match': '*' }],
  ['get', '/new.txt', { 'If-Match': '"other"' }],
  ['head', '/new.txt'],
  ['post', '/new.txt'],
  ['get', '/page.shtml'],
  ['get', '/list'],
  ['get', '/list/'],
  ['get', '/many.html', { 'Accept-Language': 'de' }],
  ['get', '/old'],
  ['get', '/rewritten'],
  ['get', '/swapped/new.txt'],
  ['get', '/slow/new.txt'],
  ['post', '/echo'],
  ['get', '/staff/new.txt'],
  ['get', '/staff/new.txt', { Authorization: `Basic ${Buffer.from('ann:test').toString('base64')}` }],
  ['get', '/staff/new.txt', { Authorization: `Basic ${Buffer.from('ann:wrong').toString('base64')}` }],
  ['get', '/nobody'],
  ['get', '/guarded/x'],
  ['get', '/missing'],
];

describe('what comes with Sluice', () => {
  // Other tests share the machine: only what blocks it for good would count.
  const rules = lint({ blocking: 10_000 });
  const log = collectLog();
  const ready = testApp(site.path('httpd.conf'), { plugins: [rules, log] });

  it.each(requests.map(([method, path, headers = {}]) => [method, path, headers] as const))(
    'keeps the contract for %s %s %j',
    async (method, path, headers) => {
      const client = request(await ready);
      const asked = client[method](path).set(headers);
      const { status } = await (method === 'post' ? asked.send('some body') : asked);
      expect(status).not.toBe(500);
      expect(rules.breaches).toEqual([]);
    },
  );
});

describe('the examples', () => {
  const example = (config: string, rules: Lint): PromiseLike<ReadyApp> =>
    testApp(fileURLToPath(new URL(`../../examples/${config}`, import.meta.url)), { plugins: [rules, collectLog()] });

  it.each([
    ['site/sluice.config.ts', ['/', '/staff/', '/missing']],
    ['site/httpd.conf', ['/', '/staff/', '/missing']],
    ['ssi/httpd.conf', ['/', '/?lang=de', '/missing']],
    ['members/sluice.config.ts', ['/', '/members/', '/missing']],
  ])('keep the contract in %s', async (config, paths) => {
    const rules = lint({ blocking: 10_000 });
    const app = await example(config, rules);
    for (const path of paths) await request(app).get(path);
    expect(rules.breaches).toEqual([]);
    await app.close();
  });
});
