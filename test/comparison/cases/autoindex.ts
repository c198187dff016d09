import type { ComparisonCase } from '../comparison-case.ts';
import { few, files, usual } from '../listed-files.ts';

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
];
