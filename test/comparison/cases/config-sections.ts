import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'a',
  'htdocs/a.html': '<p>a</p>',
  'htdocs/sub/b.txt': 'b',
  'htdocs/sub/deep/c.txt': 'c',
  'htdocs/sub-other/d.txt': 'd',
  'htdocs/UPPER.TXT': 'u',
};

/** Lines that leave a trace: which section came last, and every one that was merged. */
function mark(name: string): string {
  return `Header append X-Order ${name}\nHeader set X-Last ${name}`;
}

const everywhere = [
  'GET /a.txt',
  'GET /a.html',
  'GET /sub/b.txt',
  'GET /sub/deep/c.txt',
  'GET /sub-other/d.txt',
  'GET /UPPER.TXT',
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Sections are merged by kind, whatever their order in the file',
    plugin: 'core',
    config: `
<Location "/sub">
  ${mark('location')}
</Location>
<If "%{REQUEST_URI} =~ /txt/">
  ${mark('if')}
</If>
<Files "b.txt">
  ${mark('files')}
</Files>
<Directory "@ROOT@/htdocs/sub">
  ${mark('directory')}
</Directory>
<DirectoryMatch "/htdocs/s">
  ${mark('directory-match')}
</DirectoryMatch>
<Directory "@ROOT@/htdocs">
  ${mark('root')}
</Directory>
<FilesMatch "\\.txt$">
  ${mark('files-match')}
</FilesMatch>
<LocationMatch "^/s">
  ${mark('location-match')}
</LocationMatch>`,
    files,
    requests: everywhere,
  },
  {
    name: 'Location with slashes, wildcards and tildes',
    plugin: 'core',
    config: `
<Location "/sub/">
  ${mark('slash')}
</Location>
<Location "/sub/*/c.txt">
  ${mark('star')}
</Location>
<Location "/sub/?.txt">
  ${mark('question')}
</Location>
<Location ~ "\\.(txt|html)$">
  ${mark('tilde')}
</Location>
<Location "/[as]*">
  ${mark('class')}
</Location>
<Location "/">
  ${mark('all')}
</Location>`,
    files,
    requests: [...everywhere, 'GET //sub//b.txt', 'GET /%73ub/b.txt', 'GET /SUB/b.txt', 'GET /sub'],
  },
  {
    name: 'Directory with wildcards, tildes and nested folders',
    plugin: 'core',
    config: `
<Directory "@ROOT@/htdocs/*">
  ${mark('star')}
</Directory>
<Directory "@ROOT@/htdocs/sub/deep/">
  ${mark('deep')}
</Directory>
<Directory "@ROOT@/*/sub">
  ${mark('middle')}
</Directory>
<Directory ~ "deep$">
  ${mark('tilde')}
</Directory>
<Directory "/">
  ${mark('top')}
</Directory>
<Directory "@ROOT@/htdocs/s?b">
  ${mark('question')}
</Directory>`,
    files,
    requests: everywhere,
  },
  {
    name: 'Wildcards: whole paths in Location, levels in Directory, of which a file is one',
    plugin: 'core',
    config: [
      ...['/*', '/a*', '/a.txt', '/missing', '/sub/*', '/*/*', '/sub', '/sub/', '/a.txt/'].map(
        (path) => `<Directory "@ROOT@/htdocs${path}">\nHeader always append X-Directory "${path}"\n</Directory>`,
      ),
      ...['/a*', '/*', '/s*', '/s*/*', '/sub/*', '/sub?b.txt', '/*/', '/sub*', '/sub/[b]*', '/*.txt', '/*/*'].map(
        (path) => `<Location "${path}">\nHeader always append X-Location "${path}"\n</Location>`,
      ),
    ].join('\n'),
    files: { ...files, 'htdocs/sub/index.html': 'x' },
    requests: [
      ...everywhere,
      'GET /a.txt/x/y',
      'GET /missing',
      'GET /sub/missing',
      'GET /sub/missing/x',
      { request: 'GET /sub/', differs: 'a Directory section whose wildcards match a file' },
      'GET /sub',
      'GET /',
    ],
  },
  {
    name: 'Files inside Directory, and wildcards in names',
    plugin: 'core',
    config: `
<Directory "@ROOT@/htdocs/sub">
  <Files "*.txt">
    ${mark('inside')}
  </Files>
  <FilesMatch "^[bc]\\.">
    ${mark('match-inside')}
  </FilesMatch>
</Directory>
<Files "?.txt">
  ${mark('question')}
</Files>
<Files ~ "^[A-Z]+\\.TXT$">
  ${mark('tilde')}
</Files>
<Files "a.*">
  ${mark('a')}
</Files>`,
    files,
    requests: everywhere,
  },
  {
    name: 'If, ElseIf and Else, alone and in sections',
    plugin: 'core',
    config: `
<If "%{QUERY_STRING} == 'one'">
  ${mark('one')}
</If>
<ElseIf "%{QUERY_STRING} == 'two'">
  ${mark('two')}
</ElseIf>
<Else>
  ${mark('else')}
</Else>
<Location "/sub">
  <If "-n req('X-Test')">
    ${mark('header')}
  </If>
  <Else>
    ${mark('no-header')}
  </Else>
</Location>`,
    files,
    requests: [
      'GET /a.txt',
      'GET /a.txt?one',
      'GET /a.txt?two',
      'GET /sub/b.txt?two',
      { request: 'GET /sub/b.txt?one', headers: { 'X-Test': '1' } },
      { request: 'GET /sub/b.txt', headers: { 'X-Test': '' } },
    ],
  },
  {
    name: 'Groups of LocationMatch and DirectoryMatch in the environment',
    plugin: 'core',
    config: `
<LocationMatch "^/(?<FOLDER>[^/]+)/(?<NAME>[^/]+)\\.txt$">
  Header set X-Match "%{MATCH_FOLDER}e %{MATCH_NAME}e"
</LocationMatch>
<DirectoryMatch "/htdocs/(?<SITE>[a-z]+)$">
  Header set X-Site "%{MATCH_SITE}e"
</DirectoryMatch>
<FilesMatch "^(?<BASE>.+)\\.html$">
  Header set X-Base "%{MATCH_BASE}e"
</FilesMatch>`,
    files,
    requests: ['GET /sub/b.txt', 'GET /sub/deep/c.txt', 'GET /a.html', 'GET /a.txt'],
  },
  {
    name: '.htaccess: each folder adds, sections in it count, and what is not allowed is 500',
    plugin: 'core',
    config: `
<Directory "@ROOT@/htdocs/none">
  AllowOverride None
</Directory>
<Directory "@ROOT@/htdocs/some">
  AllowOverride Indexes
</Directory>
<Directory "@ROOT@/htdocs/list">
  AllowOverride None
  AllowOverrideList Header
</Directory>
<Directory "@ROOT@/htdocs/lenient">
  AllowOverride Indexes Nonfatal=All
</Directory>`,
    files: {
      ...files,
      'htdocs/.htaccess': mark('root'),
      'htdocs/sub/.htaccess': `${mark('sub')}\n<Files "b.txt">\n${mark('files')}\n</Files>\n`,
      'htdocs/sub/deep/.htaccess': '<If "true">\nHeader set X-If yes\n</If>\nHeader unset X-Last\n',
      'htdocs/none/.htaccess': 'Nonsense',
      'htdocs/none/n.txt': 'n',
      'htdocs/some/.htaccess': 'Header set X-Some yes',
      'htdocs/some/s.txt': 's',
      'htdocs/list/.htaccess': 'Header set X-List yes',
      'htdocs/list/l.txt': 'l',
      'htdocs/lenient/.htaccess': 'Header set X-Lenient yes\nNonsense on\nDirectoryIndex l.txt\n',
      'htdocs/lenient/l.txt': 'l',
      'htdocs/broken/.htaccess': '<Files "a">',
      'htdocs/broken/b.txt': 'b',
      'htdocs/wrong/.htaccess': 'Listen 8080',
      'htdocs/wrong/w.txt': 'w',
      'htdocs/place/.htaccess': '<Directory />\n</Directory>',
      'htdocs/place/p.txt': 'p',
    },
    requests: [
      ...everywhere,
      'GET /none/n.txt',
      'GET /some/s.txt',
      'GET /list/l.txt',
      'GET /lenient/l.txt',
      'GET /lenient/',
      'GET /broken/b.txt',
      'GET /wrong/w.txt',
      'GET /place/p.txt',
      { request: 'GET /.htaccess', differs: 'dot files, folders such as `.git`' },
      'GET /broken/missing.txt',
      'GET /none/',
    ],
  },
  {
    name: '.htaccess goes by what the server config defines',
    plugin: 'core',
    config: 'Define SITE value\nDefine FLAG\nDefine GONE\nUnDefine GONE',
    files: {
      ...files,
      'htdocs/.htaccess': `
<IfDefine SITE>
  Header set X-Define yes
</IfDefine>
<IfDefine FLAG>
  Header set X-Flag yes
</IfDefine>
<IfDefine GONE>
  Header set X-Gone yes
</IfDefine>
Header set X-Value "\${SITE}"
<IfModule mod_headers.c>
  Header set X-Module yes
</IfModule>
<IfVersion > 2.2>
  Header set X-Version yes
</IfVersion>
<IfFile htdocs/a.txt>
  Header set X-File yes
</IfFile>`,
    },
    requests: ['GET /a.txt', 'GET /sub/b.txt'],
  },
  {
    name: 'AccessFileName names other files, the first one found counts',
    plugin: 'core',
    config: 'AccessFileName .rules .htaccess',
    files: {
      ...files,
      'htdocs/.rules': mark('rules'),
      'htdocs/.htaccess': mark('htaccess'),
      'htdocs/sub/.htaccess': mark('sub'),
    },
    requests: everywhere,
  },
  {
    name: 'Hosts by name, alias, wildcard and default',
    plugin: 'core',
    config: `
<VirtualHost *:@PORT@>
  ServerName first.test
  ${mark('first')}
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName second.test
  ServerAlias www.second.test *.wild.test q?.test
  DocumentRoot @ROOT@/htdocs/sub
  ${mark('second')}
</VirtualHost>
<VirtualHost 127.0.0.1:@PORT@>
  ServerName exact.test
  ${mark('exact')}
</VirtualHost>
<VirtualHost 127.0.0.1:@PORT@>
  ServerName other.test
  ${mark('other')}
  <Location "/sub">
    ${mark('in-host')}
  </Location>
</VirtualHost>
<Location "/">
  ${mark('main')}
</Location>`,
    files,
    requests: [
      'first.test',
      'second.test',
      'www.second.test',
      'exact.test',
      'EXACT.test',
      'other.test',
      'other.test:@PORT@',
      'other.test:1234',
      'other.test.',
      'unknown.test',
    ].map((host) => ({ request: 'GET /sub/b.txt', headers: { Host: host } })),
  },
  {
    name: 'Hosts of one address',
    plugin: 'core',
    config: `
<VirtualHost *>
  ServerName first.test
  ${mark('first')}
</VirtualHost>
<VirtualHost *>
  ServerName second.test
  ServerAlias www.second.test *.wild.test q?.test
  DocumentRoot @ROOT@/htdocs/sub
  ${mark('second')}
  <Directory "@ROOT@/htdocs/sub">
    ${mark('in-host')}
  </Directory>
</VirtualHost>
<VirtualHost 192.0.2.1>
  ServerName elsewhere.test
  ${mark('elsewhere')}
</VirtualHost>
<VirtualHost *:1>
  ServerName port.test
  ${mark('port')}
</VirtualHost>
<Directory "@ROOT@/htdocs/sub">
  ${mark('main')}
</Directory>`,
    files,
    requests: [
      ...['first.test', 'second.test', 'WWW.Second.Test', 'a.wild.test', 'b.a.wild.test', 'wild.test', 'q1.test'].map(
        (host) => ({ request: 'GET /b.txt', headers: { Host: host } }),
      ),
      ...['q12.test', 'elsewhere.test', 'port.test', '127.0.0.1', '[::1]'].map((host) => ({
        request: 'GET /sub/b.txt',
        headers: { Host: host },
      })),
      { request: 'GET /b.txt HTTP/1.0', headers: { Host: 'second.test' } },
      { request: 'GET /a.txt HTTP/1.0', headers: { Host: [] } },
      { request: 'GET /a.txt', headers: { Host: [] } },
      { request: 'GET /a.txt', headers: { Host: ['first.test', 'second.test'] } },
      { request: 'GET /a.txt', headers: { Host: 'a b' } },
      { request: 'GET /a.txt', headers: { Host: 'first.test/x' } },
      { request: 'GET /a.txt', headers: { Host: 'first.test:x' } },
      'GET http://second.test/b.txt',
      'GET http://second.test:99/b.txt',
    ],
  },
];
