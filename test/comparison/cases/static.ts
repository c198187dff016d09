import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world, this is text\n',
  'htdocs/empty.txt': '',
  'htdocs/sub/b.html': '<p>b</p>',
};

function tags(line: string, requests: ComparisonCase['requests'] = ['GET /a.txt', 'HEAD /a.txt']): ComparisonCase {
  return { name: `FileETag ${line}`, plugin: 'static', config: `FileETag ${line}`, files, requests };
}

export const cases: readonly ComparisonCase[] = [
  tags('MTime Size', ['GET /a.txt', 'HEAD /a.txt', 'GET /empty.txt', 'GET /sub/b.html']),
  tags('MTime'),
  tags('Size'),
  tags('size MTIME'),
  tags('Digest', [
    'GET /a.txt',
    'HEAD /a.txt',
    'GET /empty.txt',
    { request: 'GET /a.txt', headers: { 'If-None-Match': '"FGp1UIgb40SRpBPEocakPIWIJKU="' } },
    { request: 'GET /a.txt', headers: { 'If-None-Match': '"FGp1UIgb40SRpBPEocakPIWIJKV="' } },
    { request: 'GET /a.txt', headers: { Range: 'bytes=0-3', 'If-Range': '"FGp1UIgb40SRpBPEocakPIWIJKU="' } },
  ]),
  tags('None', [
    'GET /a.txt',
    { request: 'GET /a.txt', headers: { 'If-None-Match': '*' } },
    { request: 'GET /a.txt', headers: { 'If-Match': '*' } },
    { request: 'GET /a.txt', headers: { 'If-Match': '"x"' } },
    { request: 'GET /a.txt', headers: { 'If-None-Match': '"x"' } },
    { request: 'GET /a.txt', headers: { Range: 'bytes=0-3', 'If-Range': '"x"' } },
  ]),
  {
    name: 'FileETag with signs in sections',
    plugin: 'static',
    config: `FileETag Size
      <Directory @ROOT@/htdocs/sub>
        FileETag +MTime
      </Directory>
      <Directory @ROOT@/htdocs/sub/deep>
        FileETag -Size
      </Directory>
      <Directory @ROOT@/htdocs/digest>
        FileETag Digest
      </Directory>
      <Files none.txt>
        FileETag None
      </Files>`,
    files: {
      'htdocs/a.txt': 'a',
      'htdocs/none.txt': 'a',
      'htdocs/sub/a.txt': 'a',
      'htdocs/sub/none.txt': 'a',
      'htdocs/sub/deep/a.txt': 'a',
      'htdocs/digest/a.txt': 'a',
      'htdocs/access/.htaccess': 'FileETag MTime',
      'htdocs/access/a.txt': 'a',
    },
    requests: [
      'GET /a.txt',
      'GET /none.txt',
      { request: 'GET /sub/a.txt', differs: 'FileETag with signs' },
      'GET /sub/none.txt',
      'GET /sub/deep/a.txt',
      'GET /digest/a.txt',
      'GET /access/a.txt',
    ],
  },
  ...['+INode -MTime', '-MTime'].map((line) => ({
    name: `FileETag ${line} outside of sections`,
    plugin: 'static',
    config: `FileETag ${line}`,
    files,
    requests: [
      {
        request: 'GET /a.txt',
        differs: 'FileETag with signs',
      },
    ],
    random: [/"[\da-f]{5,8}/],
  })),
  {
    name: 'Methods of a file',
    plugin: 'static',
    config: '',
    files,
    requests: [
      'HEAD /a.txt',
      { request: 'POST /a.txt', body: 'x', differs: 'POST to a file' },
      { request: 'PUT /a.txt', body: 'x', differs: 'Allow' },
      { request: 'DELETE /a.txt', differs: 'Allow' },
      { request: 'PATCH /a.txt', body: 'x', differs: 'Allow' },
      { request: 'PROPFIND /a.txt', differs: 'Allow' },
      { request: 'OPTIONS /a.txt', differs: 'Allow' },
      { request: 'OPTIONS *', differs: 'Allow' },
      { request: 'TRACE /a.txt', differs: 'TRACE' },
      { request: 'POST /missing', body: 'x' },
      'GET /a.txt HTTP/1.0',
      'HEAD /a.txt HTTP/1.0',
      { request: 'GET /a.txt', body: 'a body that nobody reads' },
      { request: 'GET /a.txt', headers: { Expect: '100-nonsense' } },
    ],
  },
  {
    name: 'Sizes on both sides of a buffer',
    plugin: 'static',
    config: '',
    files: Object.fromEntries(
      [1, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 200_000].map((size) => [`htdocs/${size}.txt`, 'x'.repeat(size)]),
    ),
    requests: [1, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 200_000].flatMap((size) => [
      `GET /${size}.txt`,
      `HEAD /${size}.txt`,
    ]),
  },
  {
    name: 'EnableMMAP and EnableSendfile don’t change what is sent',
    plugin: 'static',
    config: `EnableMMAP Off
      EnableSendfile On`,
    files,
    requests: ['GET /a.txt', { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' } }],
  },
  {
    name: 'Path info of files, folders and what isn’t there',
    plugin: 'static',
    config: `Header always set X-Path "expr=%{REQUEST_URI} + %{PATH_INFO}"
      <Location /on>
        AcceptPathInfo On
      </Location>
      <Location /off>
        AcceptPathInfo Off
      </Location>
      <Location /default>
        AcceptPathInfo Default
      </Location>
      <Files in.txt>
        AcceptPathInfo On
      </Files>`,
    modules: [],
    files: {
      'htdocs/a.txt': 'a',
      'htdocs/in.txt': 'in',
      'htdocs/on/a.txt': 'a',
      'htdocs/on/index.html': 'index',
      'htdocs/off/a.txt': 'a',
      'htdocs/default/a.txt': 'a',
    },
    requests: [
      'GET /a.txt/',
      'GET /a.txt/more',
      'GET /in.txt/more/and/more',
      'GET /in.txt/',
      'GET /on/a.txt/more?query',
      'GET /on/a.txt/x/%20',
      'GET /on/a.txt/../b',
      'GET /on/a.txt/./b/',
      'GET /on/a.txt//b',
      'GET /on/more',
      'GET /on/more/',
      'GET /on/',
      'GET /on/a.txt/index.html',
      'HEAD /on/a.txt/x',
      'GET /off/a.txt/more',
      'GET /default/a.txt/more',
      { request: 'GET /on/a.txt/x', headers: { Range: 'bytes=0-0' } },
    ],
  },
  ...['AcceptPathInfo Perhaps', 'AcceptPathInfo', 'FileETag Sise', 'FileETag +All', 'FileETag +'].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'static',
    config: line,
    refused: true as const,
    requests: [],
  })),
];
