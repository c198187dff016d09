import type { ComparisonCase } from '../comparison-case.ts';
import { folder } from '../rewriting.ts';

/** Rules of folders: without their path, and as internal redirects. */
export const cases: readonly ComparisonCase[] = [
  folder(
    'Patterns see the path below the folder',
    {
      d: `
    RewriteRule ^one$ a.txt
    RewriteRule ^two$ /b.txt
    RewriteRule ^/three$ a.txt
    RewriteRule ^e/four$ b.txt
    RewriteRule ^five$ @ROOT@/htdocs/d/b.txt
    RewriteRule ^six$ e/a.txt
    RewriteRule ^seven$ ../a.txt
    RewriteRule ^$ a.txt
    RewriteRule ^eight$ /d/none.txt
    RewriteRule ^nine/(.*)$ e/$1`,
    },
    [
      'GET /d/one',
      'GET /d/two',
      'GET /d/three',
      'GET /d/e/four',
      'GET /d/five',
      'GET /d/six',
      'GET /d/seven',
      'GET /d/',
      'GET /d',
      'GET /d/eight',
      'GET /d/nine/a.txt',
      'GET /d/nine/none',
      'GET /d/a.txt',
      'HEAD /d/one',
      'POST /d/eight',
      'GET /d/one?q=1',
    ],
  ),
  folder(
    'Queries of an internal redirect',
    {
      d: `
    RewriteRule ^keep$ show
    RewriteRule ^replace$ show?x=1
    RewriteRule ^append$ show?x=1 [QSA]
    RewriteRule ^discard$ show [QSD]
    RewriteRule ^show$ /x?%{QUERY_STRING} [R,NE]`,
    },
    [
      'GET /d/keep?y=2',
      'GET /d/replace?y=2',
      'GET /d/append?y=2',
      'GET /d/discard?y=2',
      'GET /d/show?a=%20',
      'GET /d/append',
    ],
  ),
  folder(
    'A front controller',
    {
      d: `
    RewriteBase /d/
    RewriteRule ^index\\.html$ - [L]
    RewriteCond %{REQUEST_FILENAME} !-f
    RewriteCond %{REQUEST_FILENAME} !-d
    RewriteRule . /d/index.html [L]`,
    },
    [
      'GET /d/',
      'GET /d/some/path',
      'GET /d/a.txt',
      'GET /d/e/',
      'GET /d/e',
      'GET /d/index.html',
      'GET /d/none?x=1',
      'GET /d/a.txt/more',
      'GET /d/e/none',
      'GET /d',
    ],
  ),
  folder(
    'Redirects from a folder',
    {
      d: `
    RewriteRule ^r$ a.txt [R]
    RewriteRule ^rabs$ /a.txt [R=301]
    RewriteRule ^rext$ http://example.com/x [L]
    RewriteRule ^rextr$ http://example.com/x [R=303]
    RewriteRule ^rq$ /a.txt?x=1 [R,QSA]
    RewriteRule ^gone$ - [G]
    RewriteRule ^forb$ - [F]
    RewriteRule ^esc/(.*)$ /x/$1 [R]
    RewriteRule ^escne/(.*)$ /x/$1 [R,NE]
    RewriteRule ^t404$ - [R=404]
    RewriteRule ^slash/(.*)/$ /d/$1 [R=301]`,
    },
    [
      'GET /d/rabs',
      'GET /d/rext',
      'GET /d/rextr',
      'GET /d/rq?y',
      'GET /d/gone',
      'GET /d/forb',
      'GET /d/esc/a%20b%25',
      'GET /d/escne/a%2Bb',
      'GET /d/t404',
      'GET /d/slash/x/',
      'GET /d/r',
    ],
  ),
  folder(
    'RewriteBase stands for the folder',
    {
      d: `
    RewriteBase /d
    RewriteRule ^one$ a.txt
    RewriteRule ^two$ b.txt [R]
    RewriteRule ^three$ e/a.txt [R=301]
    RewriteRule ^four$ @ROOT@/htdocs/d/a.txt [R]`,
      e: `
    RewriteBase /elsewhere/
    RewriteRule ^one$ a.txt
    RewriteRule ^two$ b.txt [R]
    RewriteRule ^three$ /d/a.txt`,
    },
    [
      'GET /d/one',
      'GET /d/two',
      'GET /d/three',
      'GET /d/four',
      'GET /d/e/one',
      'GET /d/e/two',
      'GET /d/e/three',
      'GET /d/e/a.txt',
    ],
  ),
  folder(
    'A folder reached by an alias',
    {
      config: `
    Alias /al @ROOT@/other
    <Directory @ROOT@/other>
      AllowOverride All
      Require all granted
    </Directory>`,
      other: `
    RewriteRule ^one$ o.txt
    RewriteRule ^two$ p.txt [R]
    RewriteRule ^three$ /a.txt
    RewriteRule ^four$ http://example.com/ [R]`,
    },
    ['GET /al/one', 'GET /al/three', 'GET /al/four', 'GET /al/o.txt', 'GET /al/two'],
  ),
  folder(
    'A folder reached by an alias, without its context',
    {
      config: `
    Alias /al @ROOT@/other
    <Directory @ROOT@/other>
      AllowOverride All
      Require all granted
    </Directory>`,
      other: `
    RewriteOptions IgnoreContextInfo
    RewriteRule ^one$ o.txt`,
    },
    ['GET /al/one'],
  ),
  folder(
    'A folder reached by an alias, with RewriteBase',
    {
      config: `
    Alias /al/ @ROOT@/other/
    <Directory @ROOT@/other>
      AllowOverride All
      Require all granted
    </Directory>`,
      other: `
    RewriteBase /al/
    RewriteRule ^one$ o.txt
    RewriteRule ^two$ p.txt [R]`,
    },
    ['GET /al/one', 'GET /al/two'],
  ),
  folder(
    'What comes behind a file is part of the path',
    {
      d: `
    RewriteRule ^a\\.txt/(.+)$ b.txt/$1 [DPI]
    RewriteRule ^e/a\\.txt/keep$ b.txt
    RewriteRule ^dir/(.*)$ $1
    RewriteRule ^e/none/deep/x$ /a.txt`,
    },
    [
      'GET /d/a.txt/x',
      'GET /d/a.txt',
      'GET /d/e/a.txt/keep',
      'GET /d/dir/a.txt',
      'GET /d/e/none/deep/x',
      'GET /d/dir/',
    ],
  ),
  folder(
    'Loops end after ten internal redirects',
    {
      d: `
    RewriteRule ^loop(.*)$ loop$1x
    RewriteRule ^same$ same
    RewriteRule ^ping$ pong
    RewriteRule ^pong$ ping`,
    },
    ['GET /d/loop', 'GET /d/same', 'GET /d/ping', 'HEAD /d/loop'],
  ),
  folder(
    'END stops what L lets go on',
    {
      d: `
    RewriteRule ^end$ next [END]
    RewriteRule ^last$ next [L]
    RewriteRule ^next$ a.txt [END]
    RewriteRule ^a\\.txt$ b.txt`,
    },
    ['GET /d/end', 'GET /d/last', 'GET /d/a.txt'],
  ),
  folder(
    'Variables of a redirected request',
    {
      d: `
    RewriteRule ^one$ two [E=FOO:bar]
    RewriteRule ^two$ /x?%{ENV:REDIRECT_FOO},%{ENV:FOO},%{ENV:REDIRECT_STATUS},%{ENV:REDIRECT_URL},%{REQUEST_URI},%{THE_REQUEST} [R,B]
    RewriteRule ^three$ four
    RewriteCond %{ENV:REDIRECT_STATUS} ^$
    RewriteRule ^four$ - [F]
    RewriteRule ^five$ /x?%{REQUEST_FILENAME},%{PATH_INFO},%{CONTEXT_PREFIX},%{DOCUMENT_ROOT} [R]
    RewriteRule ^six(.*)$ /x?%{REQUEST_FILENAME},%{PATH_INFO},$1 [R]`,
    },
    ['GET /d/three', 'GET /d/four', 'GET /d/five', 'GET /d/six/more/x'],
  ),
  folder(
    'Escapes in the path of an internal redirect',
    {
      d: `
    RewriteRule ^in/(.*)$ $1
    RewriteRule ^b/(.*)$ $1 [B]
    RewriteRule ^q(.*)$ a.txt$1`,
    },
    [
      'GET /d/in/x%20y.txt',
      'GET /d/in/%2541.txt',
      'GET /d/b/%2541.txt',
      'GET /d/in/%3f',
      'GET /d/q%3fx',
      'GET /d/in/%25',
      'GET /d/in/%2525zz',
      { request: 'GET /d/in/%23', differs: "a `#` that a folder's rule puts into a path" },
      'GET /d/b/x%20y.txt',
    ],
  ),
  folder(
    'Types and handlers of a folder',
    {
      d: `
    RewriteRule ^a\\.txt$ - [T=text/x-a]
    RewriteRule ^t$ b.txt [T=text/x-b]
    RewriteRule ^b\\.txt$ - [E=SEEN:yes]
    Header set X-Seen %{SEEN}e env=SEEN`,
      config: '',
    },
    ['GET /d/a.txt', 'GET /d/t', 'GET /d/b.txt'],
  ),
  folder(
    'The index of a folder is rewritten',
    { d: 'RewriteRule ^index\\.html$ a.txt', e: 'RewriteRule ^index\\.html$ b.txt [NS]' },
    ['GET /d/', 'GET /d/index.html', 'GET /d/e/index.html', 'GET /d/e/'],
  ),
  folder(
    'Headers that decided in a folder are told to caches',
    {
      d: `
    RewriteCond %{HTTP_USER_AGENT} ^Bot
    RewriteRule ^one$ a.txt
    RewriteCond %{HTTP_USER_AGENT} ^Bot
    RewriteRule ^b\\.txt$ - [E=X:y]`,
    },
    [
      { request: 'GET /d/one', headers: { 'User-Agent': 'Bot' } },
      { request: 'GET /d/b.txt', headers: { 'User-Agent': 'Bot' } },
    ],
  ),
  folder(
    'Look-aheads from a folder',
    {
      d: `
    RewriteCond a.txt -U
    RewriteRule ^u1$ b.txt [L]
    RewriteCond /none -U
    RewriteRule ^u2$ b.txt [L]
    RewriteCond a.txt -F
    RewriteRule ^f1$ b.txt [L]
    RewriteCond none.txt -F
    RewriteRule ^f2$ b.txt [L]
    RewriteCond %{LA-F:REQUEST_FILENAME} ^(.*)$
    RewriteRule ^la$ /x?%1 [R,L]`,
    },
    ['GET /d/u1', 'GET /d/u2', 'GET /d/f1', 'GET /d/f2', 'GET /d/la'],
  ),
];
