import type { ComparisonCase } from '../comparison-case.ts';

const names = [
  'Zeta.txt',
  'alpha.txt',
  'Beta.html',
  'a b&c<d>.txt',
  'a.very.long.name.that.goes.on.and.on.txt',
  'a:b.txt',
  'backup~',
  'foo-1.10.bin',
  'foo-1.9.bin',
  'foo-01.bin',
  'plus+x.txt',
  "o'quote.txt",
  'semi;colon.txt',
  'q?x.txt',
  '100%.html',
  '[x].txt',
];

const files: Record<string, string> = Object.fromEntries(names.map((name) => [`htdocs/list/${name}`, name.repeat(3)]));
for (const [name, size] of [
  ['zero.bin', 0],
  ['k.bin', 972],
  ['k1.bin', 973],
  ['k2.bin', 1_023],
  ['k3.bin', 1_536],
  ['k9.bin', 10_188],
  ['k10.bin', 10_240],
  ['mid.bin', 20_480],
  ['big.bin', 1_500_000],
] as const) {
  files[`htdocs/list/${name}`] = 'x'.repeat(size);
}
files['htdocs/list/sub/x.txt'] = 'x';
files['htdocs/list/Area/x.txt'] = 'x';
files['htdocs/list/index.htm'] = '<title>No index here</title>';

const few = {
  'htdocs/few/a.txt': 'a',
  'htdocs/few/b.html': '<html><head><title>The &amp; title</title></head></html>',
  'htdocs/few/c.bin': 'x'.repeat(2_000),
  'htdocs/few/sub/x.txt': 'x',
};

const usual = 'Options Indexes\nIndexOptions FancyIndexing Charset=UTF-8\n';

function options(line: string, further = ''): string {
  return `Options Indexes\nIndexOptions ${line}\nIndexOptions +Charset=UTF-8\n${further}`;
}

function listing(name: string, config: string, requests: ComparisonCase['requests'] = ['GET /few/']): ComparisonCase {
  return { name, plugin: 'autoindex', config, files: few, requests };
}

export const cases: readonly ComparisonCase[] = [
  {
    name: 'A folder without an index is listed where Options permits it',
    plugin: 'autoindex',
    config: `IndexOptions Charset=UTF-8
      <Directory @ROOT@/htdocs/list>
        Options Indexes
      </Directory>`,
    files: { ...files, 'htdocs/other/x.txt': 'x', 'htdocs/with/index.html': 'index' },
    requests: [
      'GET /list/',
      'HEAD /list/',
      'GET /list',
      'GET /list/sub/',
      'GET /list/missing/',
      'GET /other/',
      'HEAD /other/',
      'GET /',
      'GET /with/',
      { request: 'GET /list/?C=S;O=D', headers: { Accept: 'text/html' } },
      'GET //list//',
      'GET /list/sub/../',
      'GET /list/%73ub/',
    ],
  },
  {
    name: 'Methods of a listing',
    plugin: 'autoindex',
    config: usual,
    files: few,
    requests: [
      { request: 'OPTIONS /few/', differs: 'Allow' },
      { request: 'PUT /few/', differs: 'Allow' },
      { request: 'POST /few/', differs: 'POST to a file' },
    ],
  },
  {
    name: 'Listings without IndexOptions are for browsers of today',
    plugin: 'autoindex',
    config: 'Options Indexes',
    files: few,
    requests: [
      { request: 'GET /few/', differs: 'a listing without IndexOptions' },
      { request: 'GET /few/?C=S;O=D', differs: 'a listing without IndexOptions' },
    ],
  },
  {
    name: 'A fancy listing is sorted by its query',
    plugin: 'autoindex',
    config: usual,
    files,
    requests: [
      'GET /list/',
      'GET /list/?C=N;O=A',
      'GET /list/?C=N;O=D',
      'GET /list/?C=S;O=A',
      'GET /list/?C=S;O=D',
      'GET /list/?C=S&O=D',
      'GET /list/?C=M;O=A',
      'GET /list/?C=M;O=D',
      'GET /list/?C=D;O=D',
      'GET /list/?O=D',
      'GET /list/?O=D;C=S',
      'GET /list/?C=X;O=D',
      'GET /list/?C=N;O=X',
      'GET /list/?C=SS;O=D',
      'GET /list/?O=D;nonsense;C=S',
      'GET /list/?c=S;o=D',
      'GET /list/?C=',
      'GET /list/?',
      'GET /list/?;C=S',
      'GET /list/?C=S;;O=D',
      'GET /list/?F=0',
      'GET /list/?F=1',
      'GET /list/?F=2',
      'GET /list/?F=3;C=S',
      'GET /list/?V=1',
      'GET /list/?V=0;C=S',
      'GET /list/?V=1;O=D',
      'GET /list/?P=*.txt',
      'GET /list/?P=*.bin;C=S;O=D',
      'GET /list/?C=S;P=k%3F.bin',
      'GET /list/?P=nothing',
      'GET /list/?P=[ab]*',
      'GET /list/?P=%2A.txt;F=2;V=1',
      'GET /list/?P=%zz',
      'GET /list/?P=',
      { request: 'GET /list/?P=*%26*', differs: 'an ampersand in the pattern of a listing' },
    ],
  },
  {
    name: 'Names beyond ASCII',
    plugin: 'autoindex',
    config: usual,
    files: {
      'htdocs/list/über.txt': 'x',
      'htdocs/list/Ärger/x.txt': 'x',
      'htdocs/list/日本語.txt': 'x',
      'htdocs/list/z.txt': 'x',
    },
    requests: [
      'GET /list/?F=0',
      'GET /list/?F=0;O=D',
      'GET /list/%C3%84rger/',
      'GET /list/%C3%84rger',
      { request: 'GET /list/', differs: 'the width of names in a listing' },
      { request: 'GET /list/?F=2', differs: 'the width of names in a listing' },
    ],
  },
  {
    name: 'Order by options',
    plugin: 'autoindex',
    config: `${usual}
      <Location /list/>
        IndexOptions +FoldersFirst +IgnoreCase
      </Location>
      <If "%{QUERY_STRING} =~ /version/">
        IndexOptions +VersionSort
      </If>
      <If "%{QUERY_STRING} =~ /ignoring/">
        IndexOptions +IgnoreClient
      </If>`,
    files,
    requests: [
      'GET /list/',
      'GET /list/?C=N;O=D',
      'GET /list/?C=S;O=A',
      'GET /list/?version',
      'GET /list/?O=D;version',
      'GET /list/?C=S;O=D;ignoring',
      'GET /list/?V=1;C=S',
    ],
  },
  ...[
    'Ascending Name',
    'Descending Name',
    'Ascending Size',
    'Descending Size',
    'Ascending Date',
    'descending date',
  ].map((order) => ({
    name: `IndexOrderDefault ${order}`,
    plugin: 'autoindex',
    config: `${usual}IndexOrderDefault ${order}`,
    files,
    requests: ['GET /list/', 'GET /list/?C=N', 'GET /list/?O=A'],
  })),
  {
    name: 'IndexOrderDefault Description',
    plugin: 'autoindex',
    config: `${usual}IndexOrderDefault Descending Description
      AddDescription "last" a.txt
      AddDescription "first" sub`,
    files: few,
    requests: ['GET /few/', 'GET /few/?C=D;O=A'],
  },
  listing('A table', options('FancyIndexing HTMLTable')),
  listing('A table in full', options('FancyIndexing HTMLTable IconsAreLinks XHTML', 'DefaultIcon /d.gif')),
  listing('HTMLTable alone', options('HTMLTable'), [
    'GET /few/',
    'GET /few/?F=1',
    'GET /few/?F=0',
    'GET /few/?F=2;C=S',
  ]),
  listing('XHTML', options('XHTML'), ['GET /few/', 'GET /few/?F=1', 'GET /few/?F=2']),
  listing('None', options('FancyIndexing None'), ['GET /few/']),
  listing(
    'Signs add and take away',
    `${options('FancyIndexing FoldersFirst SuppressSize')}
      <Directory @ROOT@/htdocs/few>
        IndexOptions -SuppressSize +SuppressIcon
      </Directory>
      <Directory @ROOT@/htdocs/few/sub>
        IndexOptions HTMLTable
      </Directory>`,
    ['GET /few/', 'GET /few/sub/'],
  ),
  listing(
    'Columns are left out',
    options(
      'FancyIndexing SuppressIcon SuppressLastModified SuppressSize',
      'AddDescription "a text that is longer than the column would be else" a.txt',
    ),
    ['GET /few/', 'GET /few/?F=2'],
  ),
  listing('No description', options('FancyIndexing SuppressDescription'), ['GET /few/', 'GET /few/?F=2']),
  listing('No rules', options('FancyIndexing SuppressRules'), ['GET /few/', 'GET /few/?F=2']),
  listing('No sorting', options('FancyIndexing SuppressColumnSorting'), ['GET /few/?C=S;O=D', 'GET /few/?F=2']),
  listing(
    'Only the name',
    options('FancyIndexing SuppressLastModified SuppressSize SuppressDescription SuppressIcon'),
    ['GET /few/', 'GET /few/?F=2'],
  ),
  listing('Old dates', options('FancyIndexing UseOldDateFormat'), ['GET /few/', 'GET /few/?F=2']),
  listing('Charset and type', 'Options Indexes\nIndexOptions FancyIndexing Charset=iso-8859-15 Type=text/plain', [
    'GET /few/',
    'HEAD /few/',
  ]),
  listing('Modified', options('FancyIndexing TrackModified'), [
    'HEAD /few/sub/',
    { request: 'GET /few/', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
    { request: 'GET /few/', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2020 03:04:05 GMT' } },
    { request: 'GET /few/', headers: { 'If-None-Match': '*' } },
    { request: 'GET /few/', headers: { 'If-None-Match': '"x"' } },
  ]),
  ...['5', '7', '40', '*'].map((width) => ({
    name: `NameWidth=${width}`,
    plugin: 'autoindex',
    config: options(`FancyIndexing NameWidth=${width}`),
    files,
    requests: ['GET /list/', 'GET /list/?F=2', 'GET /list/?F=0'],
  })),
  ...['12', '20', '*'].map((width) =>
    listing(
      `DescriptionWidth=${width}`,
      options(
        `FancyIndexing DescriptionWidth=${width}`,
        `AddDescription "Twelve chars" a.txt
         AddDescription "<b>Bold &amp; strong</b> &lt;words&gt; on and on" b.html
         AddDescription "A description of many words, none of them wanted" c.bin`,
      ),
      ['GET /few/', 'GET /few/?F=2'],
    ),
  ),
  listing(
    'Titles are descriptions',
    options('FancyIndexing ScanHTMLTitles DescriptionWidth=*', 'AddDescription "said" c.bin'),
    ['GET /few/', 'GET /few/?C=D;O=D'],
  ),
  listing(
    'Descriptions by part of the name, pattern and path',
    `${usual}AddDescription "text" *.txt
      AddDescription "part" b.h
      AddDescription "path" few/c
      AddDescription "folder" sub
      AddDescription "above" ..`,
  ),
  listing(
    'Icons by name, type and encoding, with their text',
    `${usual}AddEncoding x-gzip .gz
      AddIconByEncoding (GZ,/i/gz.gif) x-gzip
      AddIconByType (TXT,/i/text.gif) text/*
      AddIcon /i/bin.gif .bin
      AddIcon /i/folder.gif ^^DIRECTORY^^
      AddIcon /i/blank.gif ^^BLANKICON^^
      AddIcon /i/up.gif ..
      AddAlt "binary" *.bin
      AddAltByType "type" text/html
      DefaultIcon /i/unknown.gif`,
    ['GET /few/', 'GET /few/?F=2'],
  ),
  ...['IconWidth', 'IconHeight', 'IconWidth=10 IconHeight=12', 'IconHeight=5'].map((size) =>
    listing(
      `Icons with ${size}`,
      options(`FancyIndexing ${size}`, 'DefaultIcon /d.gif\nAddIcon /b.gif ^^BLANKICON^^'),
      ['GET /few/', 'GET /few/?F=2'],
    ),
  ),
  listing('Icons are links', options('FancyIndexing IconsAreLinks', 'AddIcon /a.gif .txt'), [
    'GET /few/',
    'GET /few/?F=2',
  ]),
  {
    name: 'Names are ignored',
    plugin: 'autoindex',
    config: `${usual}IndexIgnore *.bin ~ foo* alpha.txt ?:*
      <Directory @ROOT@/htdocs/list/sub>
        IndexIgnore ..
      </Directory>
      <Directory @ROOT@/htdocs/list/Area>
        IndexIgnoreReset On
        IndexIgnore *.html
      </Directory>`,
    files: { ...files, 'htdocs/list/Area/y.bin': 'y', 'htdocs/list/sub/y.bin': 'y', 'htdocs/list/Area/z.html': 'z' },
    requests: ['GET /list/', 'GET /list/sub/', 'GET /list/Area/', 'GET /list/?P=*.bin'],
  },
  {
    name: 'What may not be read is not listed',
    plugin: 'autoindex',
    config: `${usual}
      <Files secret.txt>
        Require all denied
      </Files>
      <Directory @ROOT@/htdocs/list/closed>
        Require all denied
      </Directory>
      <Location /list/hidden.txt>
        Require all denied
      </Location>
      <Directory @ROOT@/htdocs/list/users>
        AuthType Basic
        AuthName x
        AuthBasicProvider file
        AuthUserFile @ROOT@/none
        Require valid-user
      </Directory>
      RedirectMatch ^/list/moved.txt$ /elsewhere
      <Directory @ROOT@/htdocs/show>
        IndexOptions +ShowForbidden
      </Directory>`,
    files: {
      'htdocs/list/a.txt': 'a',
      'htdocs/list/secret.txt': 's',
      'htdocs/list/hidden.txt': 's',
      'htdocs/list/moved.txt': 's',
      'htdocs/list/closed/x.txt': 's',
      'htdocs/list/users/x.txt': 's',
      'htdocs/show/secret.txt': 's',
      'htdocs/show/a.txt': 's',
      none: '',
    },
    requests: [
      'GET /list/',
      'GET /show/',
      'GET /list/closed/',
      { request: 'GET /list/users/', differs: 'the Basic challenge' },
      'GET /list/?F=0',
    ],
  },
  {
    name: 'Headers and footers from files',
    plugin: 'autoindex',
    config: `${usual}
      HeaderName HEADER.html
      ReadmeName README.txt
      <Directory @ROOT@/htdocs/text>
        HeaderName head.txt
        ReadmeName foot.html
      </Directory>
      <Directory @ROOT@/htdocs/whole>
        IndexOptions +SuppressHTMLPreamble
        ReadmeName foot.html
      </Directory>
      <Directory @ROOT@/htdocs/denied>
        HeaderName secret.txt
        ReadmeName /text/foot.html
      </Directory>
      <Directory @ROOT@/htdocs/binary>
        HeaderName x.bin
        ReadmeName missing.html
      </Directory>
      <Files secret.txt>
        Require all denied
      </Files>`,
    files: {
      'htdocs/html/HEADER.html': '<h1>Header</h1>\n',
      'htdocs/html/README.txt': 'read <me> & smile\n',
      'htdocs/text/head.txt': 'a <head> in text',
      'htdocs/text/foot.html': '<p>foot</p>\n',
      'htdocs/whole/HEADER.html': '<html><head><title>Own</title></head><body>\n',
      'htdocs/whole/foot.html': '</body></html>\n',
      'htdocs/denied/secret.txt': 'secret',
      'htdocs/binary/x.bin': 'binary',
    },
    requests: [
      'GET /html/',
      'GET /html/?F=0',
      'GET /text/',
      'GET /text/?F=2',
      'GET /whole/',
      'GET /denied/',
      'GET /binary/',
      'HEAD /html/',
    ],
  },
  {
    name: 'Style sheets and markup for the head',
    plugin: 'autoindex',
    config: `${usual}
      IndexStyleSheet "/css/list.css"
      IndexHeadInsert "<meta name=\\"x\\" content=\\"y\\">"
      AddAlt "Text" .txt
      <Location /few/sub/>
        IndexOptions +HTMLTable +AddAltClass
      </Location>`,
    files: few,
    requests: ['GET /few/', 'GET /few/?F=2', 'GET /few/?F=0', 'GET /few/sub/'],
  },
  {
    name: 'Listings in .htaccess',
    plugin: 'autoindex',
    config: 'IndexIgnore .ht*',
    files: {
      'htdocs/list/.htaccess':
        'Options +Indexes\nIndexOptions HTMLTable FancyIndexing Charset=UTF-8\nIndexIgnore *.bin\nAddDescription "a" .txt',
      'htdocs/list/a.txt': 'a',
      'htdocs/list/b.bin': 'a',
    },
    requests: ['GET /list/', 'GET /list/?C=D;O=D'],
  },
  {
    name: 'A listing and an alias',
    plugin: 'autoindex',
    config: `${usual}
      Alias /other @ROOT@/other
      <Directory @ROOT@/other>
        Require all granted
      </Directory>`,
    files: { 'other/a.txt': 'a', 'other/deep/b.txt': 'b' },
    requests: ['GET /other/', 'GET /other/deep/', 'GET /other'],
  },
  {
    name: 'Debian’s own options',
    plugin: 'autoindex',
    config: `Options Indexes
      IndexOptions FancyIndexing VersionSort HTMLTable NameWidth=* DescriptionWidth=* Charset=UTF-8
      AddIconByEncoding (CMP,/icons/compressed.gif) x-compress x-gzip x-bzip2
      AddIconByType (TXT,/icons/text.gif) text/*
      AddIconByType (IMG,/icons/image2.gif) image/*
      AddIcon /icons/binary.gif .bin .exe
      AddIcon /icons/layout.gif .html .shtml .htm .pdf
      AddIcon /icons/back.gif ..
      AddIcon /icons/hand.right.gif README
      AddIcon /icons/folder.gif ^^DIRECTORY^^
      AddIcon /icons/blank.gif ^^BLANKICON^^
      DefaultIcon /icons/unknown.gif
      ReadmeName README.html
      HeaderName HEADER.html
      IndexIgnore .??* *~ *# RCS CVS *,v *,t`,
    files,
    requests: ['GET /list/', 'GET /list/?C=M;O=D', 'GET /list/sub/'],
  },
  ...[
    'IndexOptions Fancy',
    'IndexOptions +None',
    'IndexOptions NameWidth=4',
    'IndexOptions DescriptionWidth=11',
    'IndexOrderDefault Up Name',
    'IndexOrderDefault Ascending Colour',
    'IndexOrderDefault Ascending',
    'AddIcon /a.gif',
    'AddIcon (ALT /a.gif) .txt',
    'AddDescription text',
    'DefaultIcon',
    'HeaderName a b',
    'IndexIgnore',
    'IndexIgnoreReset Perhaps',
    'IndexStyleSheet',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'autoindex',
    config: line,
    refused: true as const,
    requests: [],
  })),
];
