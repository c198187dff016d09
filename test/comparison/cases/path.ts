import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'a',
  'htdocs/index.html': 'index',
  'htdocs/dir/b.txt': 'b',
  'htdocs/dir/index.html': 'dir index',
  'htdocs/with blank.txt': 'blank',
  'htdocs/über.txt': 'ü',
  'htdocs/100%.txt': 'percent',
  'htdocs/q?.txt': 'question',
  'htdocs/#h.txt': 'hash',
  'htdocs/semi;colon.txt': 'semi',
  'htdocs/plus+.txt': 'plus',
  'htdocs/co:lon.txt': 'colon',
  'htdocs/%2e.txt': 'literal',
  'htdocs/a%2fb.txt': 'literal slash',
  'secret.txt': 'secret',
};

const above = '`..` that leads above the root through encoded slashes, under AllowEncodedSlashes On';
const noTarget = 'a target without a path, or an absolute one without a host';
const backslash = 'a backslash in a path, plain or encoded';

function paths(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'core', config, files, requests };
}

const marks = 'Header set X-Path "expr=%{REQUEST_URI} + %{PATH_INFO}"\n';

export const cases: readonly ComparisonCase[] = [
  paths(
    'Dot segments, plain and in every encoding',
    marks,
    [
      '/./a.txt',
      '/dir/../a.txt',
      '/dir/./b.txt',
      '/dir/..',
      '/dir/.',
      '/dir/../',
      '/dir/./',
      '/..',
      '/../',
      '/../a.txt',
      '/../secret.txt',
      '/dir/../../secret.txt',
      '/dir/../../../../../../etc/passwd',
      '/%2e%2e/secret.txt',
      '/%2E%2E/secret.txt',
      '/.%2e/secret.txt',
      '/%2e./secret.txt',
      '/dir/%2e%2e/a.txt',
      '/dir/%2e%2e/%2e%2e/secret.txt',
      '/dir/%2e/b.txt',
      '/%252e%252e/secret.txt',
      '/%25%32%65%25%32%65/secret.txt',
      '/%%32%65%%32%65/secret.txt',
      '/%c0%ae%c0%ae/secret.txt',
      '/%c0%ae%c0%ae%c0%afsecret.txt',
      '/%e0%80%ae%e0%80%ae/secret.txt',
      '/%f0%80%80%ae%f0%80%80%ae/secret.txt',
      '/%uff0e%uff0e/secret.txt',
      '/%u002e%u002e/secret.txt',
      '/..;/secret.txt',
      '/dir;/b.txt',
      '/..%00/secret.txt',
      '/..%2fsecret.txt',
      '/..%2Fsecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/dir%2f..%2fa.txt',
      '/..%252fsecret.txt',
      '/.../a.txt',
      '/..../secret.txt',
      '/dir/...',
      '/..a.txt',
      '/a.txt/..',
      '/a.txt/../',
      '/a.txt/../dir/b.txt',
      '/missing/../a.txt',
      '/dir/b.txt/../../a.txt',
      '/%2e%2e%2e/a.txt',
      '/dir/..%20/a.txt',
      '/%20../secret.txt',
    ].map((path) => `GET ${path}`),
  ),
  paths('Backslashes', marks, [
    'GET /dir\\b.txt',
    'GET /dir%5cb.txt',
    'GET /..\\secret.txt',
    'GET /..%5csecret.txt',
    'GET /%5c..%5csecret.txt',
    'GET /dir/..%5c..%5csecret.txt',
    'GET \\a.txt',
  ]),
  {
    name: 'A backslash in a name',
    plugin: 'core',
    config: '',
    files: { 'htdocs/back\\slash.txt': 'x' },
    requests: [
      { request: 'GET /back%5cslash.txt', differs: backslash },
      { request: 'GET /back\\slash.txt', differs: backslash },
    ],
  },
  paths(
    'NUL, control characters and bad escapes',
    marks,
    [
      '/%00',
      '/a.txt%00',
      '/a.txt%00.html',
      '/%00/a.txt',
      '/a%0atxt',
      '/a.txt%0d%0aX-Injected:%20yes',
      '/%7f',
      '/%01',
      '/%',
      '/%2',
      '/%zz',
      '/%2g',
      '/a.txt%',
      '/%%',
      '/100%.txt',
      '/100%25.txt',
      '/100%2525.txt',
      '/%-1',
      '/% 0',
    ].map((path) => `GET ${path}`),
  ),
  paths(
    'Names that have to be escaped',
    '',
    [
      '/with%20blank.txt',
      '/with+blank.txt',
      '/%C3%BCber.txt',
      '/%c3%bcber.txt',
      '/q%3f.txt',
      '/q?.txt',
      '/%23h.txt',
      '/semi;colon.txt',
      '/semi%3bcolon.txt',
      '/plus+.txt',
      '/plus%2b.txt',
      '/co:lon.txt',
      '/co%3Alon.txt',
      '/%61%2e%74%78%74',
      '/%41.txt',
      '/A.txt',
      '/A.TXT',
      '/%252e.txt',
      '/%2e.txt',
      '/a.txt?',
      '/a.txt?/../secret.txt',
      '/a.txt?%2e%2e/%00',
      '/a.txt%3f',
      '/a.txt;x=y',
      '/a.txt/',
      '/a.txt%20',
      '/a.txt.',
      '/a.txt::$DATA',
      '/~root/',
    ]
      .map((path): ComparisonCase['requests'][number] => `GET ${path}`)
      .concat({ request: 'GET /%FCber.txt', differs: 'a path whose escapes are no UTF-8' }),
  ),
  paths('Targets in other forms', '', [
    'GET http://localhost/a.txt',
    'GET http://localhost/dir/../a.txt',
    'GET http://localhost',
    'GET HTTP://LOCALHOST/a.txt',
    'GET http://user:word@localhost/a.txt',
    'GET a.txt',
    'GET /a.txt#fragment',
    'GET *',
    { request: 'GET ?query', differs: noTarget },
    { request: 'GET http:///a.txt', differs: noTarget },
  ]),
  paths('Long paths', '', [
    `GET /${'a'.repeat(200)}`,
    { request: `GET /${'a'.repeat(256)}`, differs: 'names that are too long' },
    { request: `GET /${'a'.repeat(300)}.txt`, differs: 'names that are too long' },
    { request: `GET /dir/${'b'.repeat(3_000)}/c`, differs: 'names that are too long' },
    `GET /${'a/'.repeat(300)}`,
    { request: `GET /${'a/'.repeat(2_500)}x`, differs: 'names that are too long' },
    `GET /${'./'.repeat(2_000)}a.txt`,
    `GET /${'dir/../'.repeat(500)}a.txt`,
    `GET /${'/'.repeat(4_000)}a.txt`,
    `GET /a.txt?${'q'.repeat(8_000)}`,
    `GET /${'a'.repeat(8_200)}`,
  ]),
  paths(
    'AllowEncodedSlashes Off',
    `${marks}AllowEncodedSlashes Off`,
    ['/dir%2fb.txt', '/dir%2Fb.txt', '/a.txt%2fx', '/a.txt?%2f', '/%2fa.txt', '/dir/%252fb.txt', '/a%252fb.txt'].map(
      (path) => `GET ${path}`,
    ),
  ),
  paths(
    'AllowEncodedSlashes On',
    `${marks}AllowEncodedSlashes On
      AcceptPathInfo On`,
    [
      ...[
        '/dir%2fb.txt',
        '/dir%2Fb.txt',
        '/%2fa.txt',
        '/dir%2f',
        '/dir%2f%2fb.txt',
        '/dir%2f..%2fa.txt',
        '/dir%2f.%2fb.txt',
        '/dir/..%2fa.txt',
        '/a.txt%2fx%2fy',
        '/a.txt/%252f',
        '/a%252fb.txt',
        '/a.txt?%2f',
        '/dir%2f%00',
      ].map((path) => `GET ${path}`),
      { request: 'GET /dir%2f..%2f..%2fsecret.txt', differs: above },
      { request: 'GET /..%2fsecret.txt', differs: above },
      { request: 'GET /%2e%2e%2fsecret.txt', differs: above },
      { request: 'GET /a.txt/..%2f..%2fx', differs: above },
    ],
  ),
  paths(
    'AllowEncodedSlashes NoDecode',
    `${marks}AllowEncodedSlashes NoDecode
      AcceptPathInfo On`,
    [
      '/dir%2fb.txt',
      '/dir%2Fb.txt',
      '/a%2fb.txt',
      '/a%2Fb.txt',
      '/a.txt/x%2fy',
      '/a.txt/x%2Fy%41',
      '/a.txt/%252f',
      '/a.txt/..%2f..%2fsecret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/dir/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/a.txt?%2f',
    ].map((path) => `GET ${path}`),
  ),
  paths(
    'Slashes are merged',
    marks,
    [
      '//a.txt',
      '///a.txt',
      '/dir//b.txt',
      '/dir///',
      '//dir',
      '/dir//..//a.txt',
      '//',
      '//host/a.txt',
      '/dir/.//b.txt',
    ].map((path) => `GET ${path}`),
  ),
  {
    name: 'MergeSlashes Off',
    plugin: 'core',
    config: `${marks}MergeSlashes Off
      <Location /dir>
        Header always set X-Location dir
      </Location>
      <Directory @ROOT@/htdocs/closed>
        Require all denied
      </Directory>
      <LocationMatch "^//merged">
        Header always set X-Location two
      </LocationMatch>`,
    files: { ...files, 'htdocs/closed/x.txt': 'secret', 'htdocs/merged/y.txt': 'y' },
    requests: [
      'GET //a.txt',
      'GET /dir//b.txt',
      'GET //dir/b.txt',
      'GET /dir/',
      'GET /dir//',
      'GET /dir//../b.txt',
      'GET /dir/..//a.txt',
      'GET /closed/x.txt',
      'GET //closed/x.txt',
      'GET /closed//x.txt',
      'GET ///closed///x.txt',
      'GET /./closed/x.txt',
      'GET //merged/y.txt',
      'GET /merged/y.txt',
      'GET //',
    ],
  },
  {
    name: 'Sections can’t be got around by another spelling',
    plugin: 'core',
    config: `<Directory @ROOT@/htdocs/closed>
        Require all denied
      </Directory>
      <Location /admin>
        Require all denied
      </Location>
      <Files secret.txt>
        Require all denied
      </Files>`,
    files: {
      'htdocs/closed/x.txt': 'x',
      'htdocs/admin/x.txt': 'x',
      'htdocs/open/secret.txt': 's',
      'htdocs/open/y.txt': 'y',
    },
    requests: [
      '/closed/x.txt',
      '/closed',
      '/closed/',
      '//closed/x.txt',
      '/./closed/x.txt',
      '/open/../closed/x.txt',
      '/%63losed/x.txt',
      '/closed%2fx.txt',
      '/closed/%78.txt',
      '/admin/x.txt',
      '//admin/x.txt',
      '/admin//x.txt',
      '/open/../admin/x.txt',
      '/%61dmin/x.txt',
      '/admin/./x.txt',
      '/adminx',
      '/ADMIN/x.txt',
      '/open/secret.txt',
      '/open//secret.txt',
      '/open/secret%2etxt',
      '/open/secret.txt/',
      '/open/secret.txt/more',
      '/open/secret.txt%00',
      '/open/SECRET.txt',
      '/open/y.txt/../secret.txt',
      '/open/y.txt',
    ].map((path) => `GET ${path}`),
  },
  ...['AllowEncodedSlashes Perhaps', 'AllowEncodedSlashes', 'MergeSlashes Maybe'].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'core',
    config: line,
    refused: true as const,
    requests: [],
  })),
  {
    name: 'AllowEncodedSlashes and MergeSlashes of a virtual host',
    plugin: 'core',
    config: `<VirtualHost *:*>
        ServerName localhost
        DocumentRoot @ROOT@/htdocs
      </VirtualHost>
      <VirtualHost *:*>
        ServerName other
        DocumentRoot @ROOT@/htdocs
        AllowEncodedSlashes On
        MergeSlashes Off
        ${marks}
      </VirtualHost>`,
    files,
    requests: [
      'GET /dir%2fb.txt',
      { request: 'GET /dir%2fb.txt', headers: { Host: 'other' } },
      { request: 'GET //dir%2f%2fb.txt', headers: { Host: 'other' } },
    ],
  },
];
