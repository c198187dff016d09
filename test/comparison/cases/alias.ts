import type { ComparisonCase } from '../comparison-case.ts';

const granted = `
<Directory "@ROOT@/other">
  Require all granted
  AllowOverride All
</Directory>
`;

const files = {
  'htdocs/index.html': 'home',
  'htdocs/icons/hidden.txt': 'below the document root',
  'other/a.txt': 'a',
  'other/b c.txt': 'b c',
  'other/sub/a.txt': 'sub a',
  'other/sub/index.html': 'sub index',
  'other/100%.txt': 'percent',
  'secret.txt': 'secret',
};

/** Ways to write a path that leads above its folder. */
const climbs = [
  'GET /icons/../secret.txt',
  'GET /icons/../../secret.txt',
  'GET /icons/%2e%2e/secret.txt',
  'GET /icons/%2E%2E/%2E%2E/secret.txt',
  'GET /icons/.%2e/secret.txt',
  'GET /icons/..%2fsecret.txt',
  'GET /icons/..%5csecret.txt',
  'GET /icons/%252e%252e/secret.txt',
  'GET /icons/..%252fsecret.txt',
  'GET /icons/%c0%ae%c0%ae/secret.txt',
  'GET /icons/..;/secret.txt',
  'GET /icons../secret.txt',
  'GET /icons/sub/../../secret.txt',
  'GET /icons/sub/..%00/secret.txt',
  'GET /icons/./././../secret.txt',
  'GET /icons//..//secret.txt',
  'GET /icons/.../secret.txt',
  'GET /../icons/a.txt',
  'GET /icons/%u002e%u002e/secret.txt',
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Alias maps a path and all that is below it',
    plugin: 'alias',
    config: `${granted}Alias /icons "@ROOT@/other"`,
    files,
    requests: [
      'GET /icons/a.txt',
      'HEAD /icons/a.txt',
      'GET /icons/sub/',
      'GET /icons/sub',
      'GET /icons/sub?x=1',
      'GET /icons',
      'GET /icons/b%20c.txt',
      'GET /icons/100%25.txt',
      'GET //icons//a.txt',
      'GET /%69cons/a.txt',
      'GET /icons/none.txt',
      'GET /iconset',
      'GET /Icons/a.txt',
      'GET /icons/a.txt/more',
      'GET /icons/hidden.txt',
    ],
  },
  {
    name: 'Alias is not a way out of its folder',
    plugin: 'alias',
    config: `${granted}Alias /icons "@ROOT@/other"`,
    files,
    requests: climbs,
  },
  {
    name: 'Alias with a slash at the end of its path stands for what is below only',
    plugin: 'alias',
    config: `${granted}Alias /icons/ "@ROOT@/other/"`,
    files,
    requests: ['GET /icons/a.txt', 'GET /icons', 'GET /icons/sub', 'GET /icons/hidden.txt'],
  },
  {
    name: 'Alias with a slash at one end only never glues names together',
    plugin: 'alias',
    config: `
<Directory "@ROOT@">
  Require all granted
</Directory>
Alias /pub/ "@ROOT@/oth"`,
    files,
    requests: [
      { request: 'GET /pub/er/a.txt', differs: 'Alias with a slash at the end of its path only' },
      'GET /pub/a.txt',
    ],
  },
  {
    name: 'Alias of a single file',
    plugin: 'alias',
    config: `${granted}Alias /one "@ROOT@/other/a.txt"`,
    files,
    requests: ['GET /one', 'GET /one/', 'GET /one/more', 'GET /one.txt', 'GET /one?x'],
  },
  {
    name: 'the first Alias or AliasMatch that fits wins',
    plugin: 'alias',
    config: `${granted}
Alias /icons/sub "@ROOT@/other"
AliasMatch ^/icons/a(.*)$ "@ROOT@/other/sub/a$1"
Alias /icons "@ROOT@/other"`,
    files,
    requests: ['GET /icons/sub/a.txt', 'GET /icons/a.txt', 'GET /icons/b%20c.txt', 'GET /icons/sub/sub/a.txt'],
  },
  {
    name: 'paths of Alias are literal, and its files are seen from ServerRoot',
    plugin: 'alias',
    config: `${granted}
Alias "/with space" "other"
Alias "/plus+(x)" other/sub
Alias /deep//er other/sub
Alias "/quo\\"te" other
Alias /100% other`,
    files,
    requests: [
      'GET /with%20space/a.txt',
      'GET /with+space/a.txt',
      'GET /plus+(x)/a.txt',
      'GET /pluss(x)/a.txt',
      'GET /deep/er/a.txt',
      'GET /deep//er//a.txt',
      'GET /quo%22te/a.txt',
      'GET /100%25/a.txt',
    ],
  },
  {
    name: 'a folder behind an Alias is protected by its Directory section',
    plugin: 'alias',
    config: `
Alias /icons "@ROOT@/other"
<Directory "@ROOT@/other">
  Require all denied
</Directory>`,
    files,
    requests: ['GET /icons/a.txt', 'GET /icons/none.txt', 'GET /icons'],
  },
  {
    name: 'AliasMatch puts groups into the file',
    plugin: 'alias',
    config: `${granted}
AliasMatch "^/files/([a-z]+)\\.(txt)$" "@ROOT@/other/$1.$2"
AliasMatch "^/whole(/.*)?$" "@ROOT@/other$1"
AliasMatch "^/zero" "@ROOT@/other/$0"
AliasMatch "^/unset/(x)?$" "@ROOT@/other/sub/$1"
AliasMatch "(?i)^/any/case/(.*)$" "@ROOT@/other/$1"`,
    files,
    requests: [
      'GET /files/a.txt',
      'GET /files/b%20c.txt',
      'GET /files/../a.txt',
      'GET /whole',
      'GET /whole/a.txt',
      'GET /whole/sub/',
      'GET /zero',
      'GET /unset/',
      'GET /ANY/Case/a.txt',
      'GET /files/a.txt/more',
    ],
  },
  {
    name: 'AliasMatch is not a way out either, where it forgets a slash',
    plugin: 'alias',
    config: `
<Directory "@ROOT@">
  Require all granted
</Directory>
AliasMatch "^/files(.*)$" "@ROOT@/other/$1"`,
    files,
    requests: [
      'GET /files/a.txt',
      'GET /files/../secret.txt',
      { request: 'GET /files../secret.txt', differs: 'AliasMatch whose groups climb' },
      { request: 'GET /files..', differs: 'AliasMatch whose groups climb' },
      { request: 'GET /files%2e%2e/secret.txt', differs: 'AliasMatch whose groups climb' },
      { request: 'GET /files.', differs: 'AliasMatch whose groups climb' },
      'GET /files..%2fsecret.txt',
      'GET /files%252e%252e/secret.txt',
    ],
  },
  {
    name: 'an Alias in a Location is the file for all of it',
    plugin: 'alias',
    config: `${granted}
<Location /one>
  Alias "@ROOT@/other/a.txt"
</Location>
<LocationMatch "^/named/(?<file>[a-z]+)$">
  Alias "@ROOT@/other/%{env:MATCH_FILE}.txt"
</LocationMatch>
<Location /host>
  Alias "@ROOT@/other/%{HTTP_HOST}.txt"
</Location>
<Location /query>
  Alias "@ROOT@/other/%{QUERY_STRING}"
</Location>`,
    files,
    requests: [
      'GET /one',
      'GET /one/more',
      'GET /one/more/../x',
      'GET /onemore',
      'GET /named/a',
      'GET /named/b',
      { request: 'GET /host', headers: { Host: 'a' } },
      { request: 'GET /host', headers: { Host: 'b' } },
      'GET /query?sub/a.txt',
      { request: 'GET /query?../other/a.txt', differs: 'Alias in a Location whose values climb' },
      { request: 'GET /query?sub/../a.txt', differs: 'Alias in a Location whose values climb' },
      'GET /query?..%2fsecret.txt',
    ],
  },
  {
    name: 'AliasPreservePath makes a folder of the Alias in a Location',
    plugin: 'alias',
    config: `${granted}
<Location /kept>
  AliasPreservePath On
  Alias "@ROOT@/other"
</Location>
<Location /slash/>
  AliasPreservePath On
  Alias "@ROOT@/other/"
</Location>`,
    files,
    requests: [
      'GET /kept/a.txt',
      'GET /kept',
      'GET /kept/sub/a.txt',
      'GET /kept/sub',
      'GET /kept/../secret.txt',
      'GET /slash/a.txt',
      'GET /slash/sub/a.txt',
      'GET /keptx',
    ],
  },
  {
    name: 'an Alias in a Location comes before the lines of the server',
    plugin: 'alias',
    config: `${granted}
Alias /both "@ROOT@/other/sub"
<Location /both/a.txt>
  Alias "@ROOT@/other/a.txt"
</Location>`,
    files,
    requests: ['GET /both/a.txt', 'GET /both/'],
  },
  {
    name: "a virtual host's aliases come before those of the server",
    plugin: 'alias',
    config: `${granted}
Alias /x "@ROOT@/other"
<VirtualHost *:@PORT@>
  ServerName one.test
  Alias /x/sub "@ROOT@/htdocs/icons"
</VirtualHost>`,
    files,
    requests: [
      { request: 'GET /x/sub/hidden.txt', headers: { Host: 'one.test' } },
      { request: 'GET /x/a.txt', headers: { Host: 'one.test' } },
      { request: 'GET /x/sub/a.txt', headers: { Host: 'one.test' } },
    ],
  },
  {
    name: 'the source of a script is never shown, though no plugin runs it',
    plugin: 'alias',
    config: `${granted}
ScriptAlias /cgi/ "@ROOT@/other/"
ScriptAliasMatch "^/run/([a-z]+)$" "@ROOT@/other/$1.txt"
<Location /single>
  ScriptAlias "@ROOT@/other/a.txt"
</Location>`,
    files,
    requests: [
      { request: 'GET /cgi/a.txt', differs: 'a handler that no plugin has' },
      { request: 'POST /cgi/a.txt', body: 'x', differs: 'a handler that no plugin has' },
      { request: 'GET /run/a', differs: 'a handler that no plugin has' },
      { request: 'GET /single/x', differs: 'a handler that no plugin has' },
      'GET /cgi',
    ],
  },
  {
    name: 'a folder of scripts is not listed',
    plugin: 'alias',
    config: `${granted}
<Directory "@ROOT@/other">
  Options +Indexes
</Directory>
ScriptAlias /cgi "@ROOT@/other"`,
    files,
    requests: [
      { request: 'GET /cgi/', differs: 'a handler that no plugin has' },
      { request: 'OPTIONS /cgi/a.txt', differs: 'a handler that no plugin has' },
      { request: 'GET /cgi/none', differs: 'a handler that no plugin has' },
      'GET /cgi/sub',
      'GET /cgi/../secret.txt',
      'GET /cgi/%2e%2e/secret.txt',
    ],
  },
  {
    name: 'an Alias outside of sections needs a path',
    plugin: 'alias',
    config: 'Alias "@ROOT@/other"',
    refused: true,
    requests: [],
  },
  {
    name: 'an Alias in a Location has no path of its own',
    plugin: 'alias',
    config: '<Location /x>\nAlias /y "@ROOT@/other"\n</Location>',
    refused: true,
    requests: [],
  },
  {
    name: 'an Alias in a Directory comes too late',
    plugin: 'alias',
    config: '<Directory "@ROOT@/htdocs">\nAlias "@ROOT@/other"\n</Directory>',
    refused: true,
    requests: [],
  },
  {
    name: 'AliasMatch with a broken expression',
    plugin: 'alias',
    config: 'AliasMatch "^/(" "@ROOT@/other"',
    refused: true,
    requests: [],
  },
  {
    name: 'AliasPreservePath is a flag',
    plugin: 'alias',
    config: 'AliasPreservePath Maybe',
    refused: true,
    requests: [],
  },
];
