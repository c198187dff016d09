import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/index.html': 'home',
  'htdocs/old/a.txt': 'still here',
  'htdocs/dir/a.txt': 'a',
  'other/a.txt': 'other',
};

const refused: readonly (readonly [string, string])[] = [
  ['Redirect to somewhere needs a target', 'Redirect 302 /x'],
  ['Redirect with a path only', 'Redirect /x'],
  ['Redirect without anything', 'Redirect'],
  ['Redirect with an unknown status', 'Redirect sometimes /a /b'],
  ['Redirect to what is no URL', 'Redirect 301 /x foo'],
  ['Redirect gone with a target', 'Redirect gone /x /y'],
  ['Redirect 404 with a target', 'Redirect 404 /x /y'],
  ['RedirectMatch with an expression only', 'RedirectMatch /x'],
  ['RedirectMatch to somewhere needs a target', 'RedirectMatch 302 /x'],
  ['RedirectMatch with a broken expression', 'RedirectMatch ( /y'],
  ['RedirectTemp with a path only', 'RedirectTemp /a'],
  ['RedirectPermanent has its status already', 'RedirectPermanent 301 /a'],
  ['RedirectRelative is a flag', 'RedirectRelative 1'],
  ['Redirect with a broken expression', '<Location /x>\nRedirect %{BAD\n</Location>'],
  ['Redirect with a name of a status only', '<Location /x>\nRedirect temp\n</Location>'],
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Redirect carries what follows the path, and the query, to the target',
    plugin: 'alias',
    config: `
Redirect /one http://other.test/new
Redirect /two /local
Redirect /three/ /drei/
Redirect /four http://other.test/
Redirect /five http://other.test/search?q=
Redirect /six https://other.test:8443/x`,
    files,
    requests: [
      'GET /one',
      'GET /one/',
      'GET /one/a/b.html',
      'GET /one?x=1&y=%20',
      'GET /one/a?x=1',
      'GET /one/a%20b%3Fc%23d%25e',
      'GET /one/%C3%A4',
      'GET /one/a%3Bb%26c%3D%2B',
      'GET /one/%22%3Cscript%3E',
      'GET /one/%0d%0aX-Injected:%20yes',
      'GET /oneself',
      'GET /One',
      'GET //one//a',
      'GET /one/../two/x',
      'GET /two',
      'GET /two/x?y',
      'GET /two/.%2e/x',
      'GET /three',
      'GET /three/x',
      'GET /four/x',
      'GET /five/x',
      'GET /five?y=1',
      'GET /six/y',
      'POST /one/form',
      'HEAD /one/x',
      'OPTIONS /two',
      'DELETE /two/x',
    ],
  },
  {
    name: 'Redirect has names and numbers for its status',
    plugin: 'alias',
    config: `
Redirect permanent /permanent /x
Redirect temp /temp /x
Redirect seeother /seeother /x
Redirect gone /gone
Redirect PERMANENT /upper /x
Redirect 300 /300 /x
Redirect 303 /303 /x
Redirect 307 /307 /x
Redirect 308 /308 /x
Redirect 403 /403
Redirect 404 /404
Redirect 410 /410
Redirect 503 /503
RedirectTemp /t /x
RedirectPermanent /p /x`,
    files,
    requests: [
      'GET /permanent/a',
      'GET /temp',
      'GET /seeother',
      'GET /gone',
      'GET /gone/a?b',
      'GET /upper',
      'GET /300',
      'GET /303',
      'GET /307/a',
      'POST /308',
      'GET /403',
      'GET /404',
      'GET /410/x',
      'GET /503',
      'GET /t/a?b',
      'GET /p/a?b',
    ],
  },
  {
    name: 'Redirect comes before Alias and before files, and the first line wins',
    plugin: 'alias',
    config: `
Alias /old "@ROOT@/other"
Redirect /old/a.txt /first
Redirect /old /second`,
    files,
    requests: ['GET /old/a.txt', 'GET /old/b.txt', 'GET /old'],
  },
  {
    name: 'RedirectMatch puts groups into the target',
    plugin: 'alias',
    config: `
RedirectMatch "^/img/(.*)\\.gif$" http://img.test/$1.png
RedirectMatch 301 "^/user/([^/]+)/(.*)$" /people/$2/$1
RedirectMatch "^/all" http://h.test$0
RedirectMatch "^/amp/(.*)$" http://h.test/&/$1
RedirectMatch "^/dollar/(.*)$" http://h.test/\\$1/$1
RedirectMatch gone "^/no/(a|b)$"
RedirectMatch 404 "\\.bak$"
RedirectMatch "^/query/(\\w+)$" /find?name=$1
RedirectMatch "^/hash/(\\w+)$" /page#$1
RedirectMatch "^/optional/(a)?(b)?$" /o/$1-$2
RedirectMatch "^/bare/(.*)$" $1
RedirectMatch "(?i)^/case/(.*)$" /lower/$1
RedirectMatch "^/percent/(.*)$" /a%20b/$1`,
    files,
    requests: [
      'GET /img/a/b.gif',
      'GET /img/a.gif?x=1',
      'GET /img/a%20b.gif',
      'GET /img/a.gif.exe',
      'GET /user/ann/x/y',
      'GET /all/x',
      'GET /amp/x',
      'GET /dollar/x',
      'GET /no/a',
      'GET /no/c',
      'GET /x/y.bak',
      'GET /query/x?y=1',
      'GET /hash/x',
      { request: 'GET /hash/x?y=1', differs: 'a target with a fragment, and a query' },
      'GET /optional/b',
      'GET /optional/',
      'GET /bare/x',
      'GET /CASE/x',
      'GET /percent/x',
      'GET /user/a%25b/%C3%BC',
      'GET /user/a/%0d%0aX:y',
      { request: 'GET /user/a/x%3Fy%23z', differs: 'an encoded ? or # in a group of RedirectMatch' },
      { request: 'GET /user/a/x%3F%0d%0aX:y', differs: 'an encoded ? or # in a group of RedirectMatch' },
    ],
  },
  {
    name: 'Redirect in a Location has the path of it',
    plugin: 'alias',
    config: `
<Location /a>
  Redirect /target
</Location>
<Location /b>
  Redirect 308 http://other.test%{REQUEST_URI}
</Location>
<Location /c>
  Redirect gone
</Location>
<Location /d>
  Redirect 307 "/z%20y z?q=%{escape:%{QUERY_STRING}}"
</Location>
<Location /e>
  Redirect /e/inner /f
  Redirect 404 /e/no
</Location>
<LocationMatch "^/m/(?<id>\\d+)">
  Redirect permanent /item?id=%{env:MATCH_ID}
</LocationMatch>
<Location /g>
  Redirect 404
</Location>
<Location /h>
  Redirect nonsense
</Location>`,
    files,
    requests: [
      'GET /a',
      'GET /a/more',
      'GET /a?x=1',
      'GET /aa',
      'GET /b/x%20y?z',
      'GET /c/x',
      'GET /d',
      'GET /d?a=1',
      'GET /e',
      'GET /e/inner/x',
      'GET /e/no',
      'GET /m/12/x?y',
      'GET /m/x',
      'GET /g',
      'GET /h',
    ],
  },
  {
    name: 'Redirect in a Directory or .htaccess comes after the rights of it',
    plugin: 'alias',
    config: `
<Directory "@ROOT@/htdocs/dir">
  Redirect 301 /dir/a.txt /elsewhere
  RedirectMatch "^/dir/m(.*)$" /matched$1
  Redirect gone /dir/gone
</Directory>
<Location /dir/closed>
  Require all denied
  Redirect /dir/closed /open
</Location>
<Location /closed>
  Require all denied
  Redirect /open
</Location>`,
    files: {
      ...files,
      'htdocs/ht/.htaccess': 'Redirect 303 /ht/x http://x.test/y\nRedirectMatch 410 ^/ht/z',
      'htdocs/ht/a': 'a',
    },
    requests: [
      'GET /dir/a.txt',
      'GET /dir/a.txt/b?c',
      'GET /dir/mm',
      'GET /dir/gone',
      'GET /dir/other',
      'GET /dir/closed',
      'GET /closed',
      'GET /ht/x/1',
      'GET /ht/zz',
    ],
  },
  {
    name: 'Redirect in all kinds of sections',
    plugin: 'alias',
    config: `
<If "%{QUERY_STRING} == 'if'">
  Redirect /from-if
</If>
<If "%{QUERY_STRING} == 'list'">
  Redirect 307 /old /from-list
</If>
<Files "secret.txt">
  Redirect 404
</Files>
<FilesMatch "\\.bak$">
  Redirect gone
</FilesMatch>
<Directory "@ROOT@/htdocs/dir">
  Redirect 303 http://x.test/%{REQUEST_METHOD}
  <Files "a.txt">
    Redirect 308 /inner
  </Files>
</Directory>
<Directory "@ROOT@/htdocs">
  Redirect /old/outer /by-outer
</Directory>
<Directory "@ROOT@/htdocs/old">
  Redirect /old/outer /by-inner
</Directory>`,
    files: {
      ...files,
      'htdocs/secret.txt': 'secret',
      'htdocs/x.bak': 'backup',
      'htdocs/ht/.htaccess': 'Redirect gone',
      'htdocs/ht/a.txt': 'a',
      'htdocs/bad/.htaccess': 'Redirect sometimes /a /b',
      'htdocs/bad/a.txt': 'a',
    },
    requests: [
      'GET /index.html?if',
      'GET /none?if',
      'GET /old/x?list',
      'GET /secret.txt',
      'GET /x.bak',
      'GET /dir/b.txt',
      'GET /dir/',
      'GET /dir',
      'GET /dir/a.txt',
      'GET /old/outer',
      'GET /ht/a.txt',
      'GET /ht/',
      'GET /bad/a.txt',
    ],
  },
  {
    name: 'Redirect of everything',
    plugin: 'alias',
    config: `
<VirtualHost *:@PORT@>
  ServerName whole.test
  Redirect permanent / https://secure.test/
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName bare.test
  Redirect / https://secure.test
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName loop.test
  Redirect / /
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName match.test
  RedirectMatch 302 ^/(?!keep)(.*)$ https://other.test/$1
</VirtualHost>`,
    files,
    requests: [
      { request: 'GET /', headers: { Host: 'whole.test' } },
      { request: 'GET /a/b?c', headers: { Host: 'whole.test' } },
      { request: 'GET /%2e%2e/%2e%2e/x', headers: { Host: 'whole.test' } },
      { request: 'GET //other.test/x', headers: { Host: 'whole.test' } },
      { request: 'GET /@other.test/', headers: { Host: 'whole.test' } },
      {
        request: 'GET /\\other.test/',
        headers: { Host: 'whole.test' },
        differs: 'a backslash in a path, plain or encoded',
      },
      {
        request: 'GET /',
        headers: { Host: 'bare.test' },
        differs: "Redirect of a folder's path to a host without a slash",
      },
      {
        request: 'GET /.evil.test',
        headers: { Host: 'bare.test' },
        differs: "Redirect of a folder's path to a host without a slash",
      },
      { request: 'GET /x', headers: { Host: 'loop.test' } },
      { request: 'GET /x', headers: { Host: 'match.test' } },
      { request: 'GET /keep/x', headers: { Host: 'match.test' } },
    ],
  },
  {
    name: 'RedirectMatch of everything, but for the server itself',
    plugin: 'alias',
    config: 'RedirectMatch 307 .* http://all.test/',
    files,
    requests: ['GET /', 'GET /a?b', 'POST /a', 'GET http://localhost/x', 'GET /%00', 'GET /a%2fb'],
  },
  {
    name: 'expressions that explode hold nobody up',
    plugin: 'alias',
    config: `
RedirectMatch "^/((a+)+)+$" /a
RedirectMatch "^/(x|x|x)*y$" /x
AliasMatch "^/(([a-z])+.)+[A-Z]([a-z])+$" "@ROOT@/other/a.txt"`,
    files,
    requests: [
      'GET /aaaa',
      `GET /${'a'.repeat(40)}!`,
      `GET /${'x'.repeat(60)}z`,
      'GET /xxxy',
      `GET /${'a'.repeat(60)}`,
      `GET /${'ab'.repeat(30)}1`,
    ],
  },
  {
    name: 'RedirectRelative sends the path only',
    plugin: 'alias',
    config: `
RedirectRelative On
Redirect /one /local
RedirectMatch "^/two/(.*)$" up/$1
Redirect /three http://other.test/x`,
    files,
    requests: ['GET /one/x?y', 'GET /two/x', 'GET /three/x'],
  },
  {
    name: 'RedirectRelative Off and UseCanonicalName decide about the name',
    plugin: 'alias',
    config: `
UseCanonicalName On
Redirect /one /local
<Location /off>
  UseCanonicalName Off
</Location>
RedirectMatch "^/off/(.*)$" /local/$1`,
    files,
    requests: [
      { request: 'GET /one/x', headers: { Host: 'forged.test' } },
      { request: 'GET /off/x', headers: { Host: 'other.test:81' } },
      { request: 'GET /dir', headers: { Host: 'forged.test' } },
    ],
  },
  ...refused.map(([name, config]) => ({ name, plugin: 'alias', config, refused: true as const, requests: [] })),
];
