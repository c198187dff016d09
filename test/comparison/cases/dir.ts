import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/index.html': 'home',
  'htdocs/sub/index.html': 'sub index',
  'htdocs/sub/second.txt': 'second',
  'htdocs/empty/x.txt': 'x',
  'htdocs/front.html': 'front controller',
  'htdocs/b c/index.html': 'blank',
  'htdocs/100%/index.html': 'percent',
  'htdocs/outer/inner/index.html': 'inner',
};

const refused: readonly (readonly [string, string])[] = [
  ['DirectorySlash is a flag', 'DirectorySlash Maybe'],
  ['DirectoryIndexRedirect takes redirects only', 'DirectoryIndexRedirect 200'],
  ['DirectoryIndexRedirect with another word', 'DirectoryIndexRedirect gone'],
  ['DirectoryIndexRedirect without a word', 'DirectoryIndexRedirect'],
  ['DirectoryCheckHandler is a flag', 'DirectoryCheckHandler x'],
  ['FallbackResource needs a path', 'FallbackResource'],
  ['FallbackResource takes one path', 'FallbackResource /a /b'],
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'a folder without its slash is redirected to it',
    plugin: 'dir',
    config: '',
    files,
    requests: [
      'GET /sub',
      'HEAD /sub',
      'GET /sub?a=1&b=%2F',
      'GET /sub?',
      'GET //sub',
      'GET /./sub',
      'GET /outer/../sub',
      'GET /b%20c',
      'GET /100%25',
      'GET /outer/inner',
      'POST /sub',
      'OPTIONS /sub',
      'PUT /sub',
      'GET /sub%2f',
      'GET /sub/%2e%2e/outer',
      'GET /sub/..',
      'GET /sub/.',
      'GET //evil.example/%2e%2e/sub',
      { request: 'GET /%2f%2fevil.example/..', differs: 'an encoded slash in a segment that `..` takes away' },
      { request: 'GET /sub', headers: { Host: 'forged.example' } },
      { request: 'GET /sub', headers: { Host: 'forged.example:8080' } },
    ],
  },
  {
    name: 'DirectorySlash Off shows the index without the slash, or nothing',
    plugin: 'dir',
    config: 'DirectorySlash Off',
    files,
    requests: ['GET /sub', 'GET /sub/', 'GET /empty', 'GET /none'],
  },
  {
    name: 'clients that are to be redirected carefully are not',
    plugin: 'dir',
    config: 'BrowserMatch "Folders" redirect-carefully',
    files,
    requests: [
      { request: 'GET /sub', headers: { 'User-Agent': 'Folders' } },
      { request: 'DELETE /sub', headers: { 'User-Agent': 'Other' } },
    ],
  },
  {
    name: 'DirectoryIndex is index.html where nothing is said',
    plugin: 'dir',
    config: '',
    files,
    requests: [
      'GET /',
      'HEAD /',
      'GET /?x=1',
      'GET /sub/',
      'GET /empty/',
      'GET /outer/',
      'GET /b%20c/',
      'GET /100%25/',
      'GET /sub//',
      'GET /sub/index.html/',
      'GET /sub/x/',
      { request: 'GET /sub/', headers: { 'If-None-Match': '"9-60dedc04dd340"' } },
      { request: 'GET /sub/', headers: { Range: 'bytes=0-2' } },
    ],
  },
  {
    name: 'DirectoryIndex takes the first name that is a file',
    plugin: 'dir',
    config: `
DirectoryIndex missing.html second.txt index.html
<Directory "@ROOT@/htdocs/outer">
  DirectoryIndex inner /sub/second.txt
</Directory>
<Directory "@ROOT@/htdocs/empty">
  DirectoryIndex ../sub/second.txt
</Directory>
<Directory "@ROOT@/htdocs/b c">
  DirectoryIndex none.txt
  DirectoryIndex index.html
</Directory>`,
    files,
    requests: ['GET /', 'GET /sub/', 'GET /outer/', 'GET /empty/', 'GET /b%20c/', 'GET /sub/?q'],
  },
  {
    name: 'DirectoryIndex disabled switches it off, where it stands alone',
    plugin: 'dir',
    config: `
<Directory "@ROOT@/htdocs/sub">
  DirectoryIndex disabled
</Directory>
<Directory "@ROOT@/htdocs/outer/inner">
  DirectoryIndex disabled index.html
</Directory>
<Directory "@ROOT@/htdocs/b c">
  DirectoryIndex none.txt
  DirectoryIndex disabled
  DirectoryIndex index.html
</Directory>`,
    files: { ...files, 'htdocs/outer/inner/disabled': 'a file of that name' },
    requests: ['GET /', 'GET /sub/', 'GET /outer/inner/', 'GET /b%20c/'],
  },
  {
    name: 'DirectoryIndex in .htaccess',
    plugin: 'dir',
    config: '',
    files: {
      ...files,
      'htdocs/sub/.htaccess': 'DirectoryIndex second.txt\nDirectorySlash Off',
      'htdocs/empty/.htaccess': 'DirectoryIndex',
    },
    requests: ['GET /sub', 'GET /sub/', 'GET /'],
  },
  {
    name: 'an index that may not be seen never ends in something weaker',
    plugin: 'dir',
    modules: ['rewrite'],
    config: `
DirectoryIndex index.html second.txt
<Files "index.html">
  Require all denied
</Files>
<Directory "@ROOT@/htdocs/b c">
  DirectoryIndex index.html
</Directory>
<Directory "@ROOT@/htdocs/100%">
  DirectoryIndex moved.html index.html
  Redirect /100%/moved.html /elsewhere
</Directory>
<Directory "@ROOT@/htdocs">
  Options +Indexes
</Directory>`,
    files,
    requests: ['GET /', 'GET /sub/', 'GET /b%20c/', 'GET /100%25/'],
  },
  {
    name: '401 of the only index is passed on with its challenge',
    plugin: 'dir',
    config: `
<Directory "@ROOT@/htdocs/sub">
  <Files "index.html">
    AuthType Basic
    AuthName staff
    AuthUserFile "@ROOT@/users"
    Require valid-user
  </Files>
</Directory>
<Location /empty/x.txt>
  AuthType Basic
  AuthName staff
  AuthUserFile "@ROOT@/users"
  Require valid-user
</Location>
<Directory "@ROOT@/htdocs/empty">
  DirectoryIndex x.txt y.txt
</Directory>`,
    files: { ...files, users: '' },
    requests: [{ request: 'GET /sub/', differs: 'the Basic challenge' }, 'GET /empty/'],
  },
  {
    name: 'DirectoryIndexRedirect sends clients to the index',
    plugin: 'dir',
    config: `
DirectoryIndexRedirect On
<Directory "@ROOT@/htdocs/sub">
  DirectoryIndexRedirect permanent
</Directory>
<Directory "@ROOT@/htdocs/outer/inner">
  DirectoryIndexRedirect 307
</Directory>
<Directory "@ROOT@/htdocs/b c">
  DirectoryIndexRedirect seeother
</Directory>
<Directory "@ROOT@/htdocs/100%">
  DirectoryIndexRedirect Off
</Directory>`,
    files,
    requests: [
      'GET /',
      'GET /sub/',
      'GET /outer/inner/',
      { request: 'GET /b%20c/', differs: 'DirectoryIndexRedirect' },
      'GET /100%25/',
      'GET /empty/',
      { request: 'GET /sub/?x=1', differs: 'DirectoryIndexRedirect' },
    ],
  },
  {
    name: 'DirectoryCheckHandler leaves folders with a handler alone',
    plugin: 'dir',
    modules: ['asis'],
    config: `
<Directory "@ROOT@/htdocs/sub">
  SetHandler send-as-is
</Directory>
<Directory "@ROOT@/htdocs/outer">
  SetHandler send-as-is
  DirectoryCheckHandler On
</Directory>`,
    files: { ...files, 'htdocs/sub/index.html': 'Content-Type: text/x-asis\n\nbody' },
    requests: [
      'GET /sub',
      'GET /sub/',
      'GET /outer',
      { request: 'GET /outer/', differs: 'a folder for the handler send-as-is' },
    ],
  },
  {
    name: 'a rewritten folder is not looked into for an index, but has its slash first',
    plugin: 'dir',
    modules: ['rewrite'],
    config: 'FallbackResource /front.html',
    files: {
      ...files,
      'htdocs/sub/.htaccess': 'RewriteEngine On\nRewriteRule ^$ second.txt [L]\nRewriteRule ^lost$ nowhere [L]',
      'htdocs/outer/.htaccess': 'RewriteEngine On\nRewriteRule ^inner/?$ /sub/second.txt [L]',
    },
    requests: ['GET /sub/', 'GET /sub', 'GET /outer/inner', 'GET /outer/inner/', 'GET /sub/lost', 'GET /outer/'],
  },
  {
    name: 'FallbackResource answers for what has neither file nor handler',
    plugin: 'dir',
    config: `
FallbackResource /front.html
<Directory "@ROOT@/htdocs/sub">
  FallbackResource second.txt
</Directory>
<Directory "@ROOT@/htdocs/outer">
  FallbackResource disabled
</Directory>`,
    files,
    requests: [
      'GET /none',
      'GET /none/deeper/still?x=1',
      'HEAD /none',
      { request: 'POST /none', differs: 'POST to a file' },
      'GET /index.html',
      'GET /',
      'GET /empty/',
      'GET /empty/none',
      'GET /sub/none',
      'GET /sub/none/x',
      'GET /outer/none',
      'GET /outer/',
      'GET /index.html/behind',
      'GET /..%2fnone',
      'GET /../none',
      'GET /%2e%2e/%2e%2e/etc/passwd',
      'GET /none%00',
      'GET /%',
    ],
  },
  {
    name: 'FallbackResource that does not exist, or leads on',
    plugin: 'dir',
    config: `
<Location /loop>
  FallbackResource /loop/nowhere
</Location>
<Location /moved>
  FallbackResource /target/x
</Location>
Redirect /target /final
<Location /folder>
  FallbackResource /sub/
</Location>
<Location /denied>
  FallbackResource /closed.html
</Location>
<Location /closed.html>
  Require all denied
</Location>
<Location /lost>
  FallbackResource /nowhere
</Location>`,
    files,
    requests: ['GET /loop/x', 'GET /moved/x', 'GET /folder/x', 'GET /denied/x', 'GET /lost/x', 'GET /moved/x?q'],
  },
  {
    name: 'AllowOverride decides which lines of mapping an .htaccess file may have',
    plugin: 'dir',
    modules: ['speling', 'actions', 'imagemap', 'userdir', 'vhost_alias'],
    config: `
<Directory "@ROOT@/htdocs/indexes">
  AllowOverride Indexes
</Directory>
<Directory "@ROOT@/htdocs/fileinfo">
  AllowOverride FileInfo
</Directory>
<Directory "@ROOT@/htdocs/options">
  AllowOverride Options
</Directory>
<Directory "@ROOT@/htdocs/none">
  AllowOverride None
</Directory>`,
    files: Object.fromEntries(
      ['indexes', 'fileinfo', 'options', 'none', 'all'].flatMap((folder) =>
        [
          ['index', 'DirectoryIndex a.txt'],
          ['slash', 'DirectorySlash Off'],
          ['fallback', 'FallbackResource a.txt'],
          ['indexredirect', 'DirectoryIndexRedirect On'],
          ['check', 'DirectoryCheckHandler On'],
          ['redirect', 'Redirect gone'],
          ['match', 'RedirectMatch 410 a'],
          ['relative', 'RedirectRelative On'],
          ['spelling', 'CheckSpelling On'],
          ['action', 'Action text/plain /x'],
          ['imap', 'ImapMenu none'],
          ['alias', 'Alias /x'],
          ['script', 'Script PUT /x'],
          ['user', 'UserDir www'],
          ['virtual', 'VirtualDocumentRoot /x'],
          ['name', 'UseCanonicalName On'],
        ].flatMap(([name, line]) => [
          [`htdocs/${folder}/${name}/.htaccess`, line!],
          [`htdocs/${folder}/${name}/a.txt`, 'a'],
        ]),
      ),
    ),
    requests: ['indexes', 'fileinfo', 'options', 'none', 'all'].flatMap((folder) =>
      [
        ...['index/', 'slash', 'fallback/x', 'indexredirect/', 'check/a.txt', 'redirect/a.txt', 'match/a.txt'],
        ...['relative/a.txt', 'spelling/b.txt', 'action/a.txt', 'imap/a.txt', 'alias/a.txt', 'script/a.txt'],
        ...['user/a.txt', 'virtual/a.txt', 'name/a.txt'],
      ].map((path) => `GET /${folder}/${path}`),
    ),
  },
  ...refused.map(([name, config]) => ({ name, plugin: 'dir', config, refused: true as const, requests: [] })),
];
