import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n'.repeat(40);
const long = 'a longer text that is compressed piece by piece\n'.repeat(5_000);
const files = {
  'htdocs/a.txt': text,
  'htdocs/a.html': `<p>${text}`,
  'htdocs/a.css': `p { }\n`.repeat(30),
  'htdocs/b.txt.gz': text,
  'htdocs/long.txt': long,
  'htdocs/empty.txt': '',
  'htdocs/68.txt': text.slice(0, 68),
  'htdocs/69.txt': text.slice(0, 69),
};

function ask(request: string, accepted: string | undefined, differs?: string): ComparisonRequest {
  const headers: Record<string, string> = accepted === undefined ? {} : { 'Accept-Encoding': accepted };
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

function deflate(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'deflate', modules: ['deflate'], config, files, requests };
}

const byType = 'AddOutputFilterByType DEFLATE text/plain text/html';
const accepting = 'what Accept-Encoding says';
const ranges = 'Range of a body that could be compressed';
const tags = 'If-None-Match with the tag of a compressed body';
const tag = '"410-60dedc04dd340"';
const gzipTag = '"410-60dedc04dd340-gzip"';

function validated(headers: Record<string, string>, differs?: string): ComparisonRequest {
  const all = { 'Accept-Encoding': 'gzip', ...headers };
  return differs === undefined
    ? { request: 'GET /a.txt', headers: all }
    : { request: 'GET /a.txt', headers: all, differs };
}

export const cases: readonly ComparisonCase[] = [
  deflate('AddOutputFilterByType DEFLATE', byType, [
    ask('GET /a.txt', 'gzip'),
    ask('GET /a.html', 'gzip'),
    ask('GET /a.css', 'gzip'),
    ask('GET /long.txt', 'gzip'),
    ask('GET /a.txt', undefined),
    ask('GET /a.css', undefined),
    ask('GET /empty.txt', 'gzip'),
    ask('GET /68.txt', 'gzip'),
    ask('GET /69.txt', 'gzip'),
    ask('GET /missing', 'gzip'),
    ask('HEAD /a.txt', 'gzip'),
    ask('HEAD /long.txt', 'gzip'),
    ask('HEAD /a.txt', undefined),
  ]),
  deflate('SetOutputFilter DEFLATE', 'SetOutputFilter DEFLATE\nAddEncoding x-gzip .gz\nAddType text/plain .gz', [
    ask('GET /a.txt', 'gzip'),
    ask('GET /a.css', 'gzip'),
    ask('GET /b.txt.gz', 'gzip'),
    ask('GET /b.txt.gz', undefined),
    ask('GET /empty.txt', 'gzip'),
    ask('GET /missing', 'gzip'),
    ask('GET /', 'gzip'),
    ask('HEAD /a.css', 'gzip'),
  ]),
  deflate('AddOutputFilter DEFLATE', 'AddOutputFilter DEFLATE .css .html', [
    ask('GET /a.css', 'gzip'),
    ask('GET /a.html', 'gzip'),
    ask('GET /a.txt', 'gzip'),
  ]),
  deflate('What Accept-Encoding says', byType, [
    ...[
      'gzip',
      'GZip',
      'gzip, deflate',
      'deflate, gzip',
      'deflate;q=1, gzip',
      'br, deflate, gzip',
      'br , gzip',
      'br,gzip',
      'gzip;q=1',
      'gzip;q=1.0',
      'gzip;q=0.5',
      'gzip;q=0.001',
      'gzip;q=0',
      'gzip;q=0.0',
      'gzip;q=0.000',
      'gzip; q=0',
      'gzip;q=0, br',
      'br;q=0, gzip',
      'deflate',
      'br',
      'identity',
      'identity;q=0, gzip',
      '',
      'gzipped',
      'xgzip',
      'g zip',
    ].map((accepted) => ask('GET /a.txt', accepted)),
    ...['*', 'x-gzip', ',gzip', '*;q=0.5', 'identity, gzip;q=0.5', 'gzip;q=2', 'gzip;q=x'].map((accepted) =>
      ask('GET /a.txt', accepted, accepting),
    ),
    { request: 'GET /a.txt', headers: { 'Accept-Encoding': ['br', 'gzip'] } },
    { request: 'GET /a.txt', headers: { 'Accept-Encoding': ['deflate;q=0', 'gzip;q=0'] } },
  ]),
  deflate('Validators of compressed bodies', byType, [
    validated({ 'If-None-Match': tag }),
    validated({ 'If-None-Match': gzipTag }, tags),
    validated({ 'If-None-Match': '"other"' }),
    validated({ 'If-None-Match': '*' }),
    validated({ 'If-Match': '"other"' }),
    validated({ 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' }),
    validated({ 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:04 GMT' }),
    validated({ 'If-Unmodified-Since': 'Tue, 02 Jan 2024 03:04:04 GMT' }),
  ]),
  deflate('Ranges', byType, [
    validated({ Range: 'bytes=0-3' }, ranges),
    validated({ Range: 'bytes=-3' }, ranges),
    validated({ Range: 'bytes=0-3', 'If-Range': '"other"' }, ranges),
    { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' } },
    { request: 'GET /a.css', headers: { Range: 'bytes=0-3', 'Accept-Encoding': 'gzip' } },
  ]),
  ...['AddSuffix', 'NoChange', 'Remove', 'nochange'].map((word) =>
    deflate(`DeflateAlterETag ${word}`, `${byType}\nDeflateAlterETag ${word}`, [
      ask('GET /a.txt', 'gzip'),
      ask('GET /a.txt', undefined),
      ask('HEAD /a.txt', 'gzip'),
    ]),
  ),
  deflate('DeflateAlterETag NoChange and conditions', `${byType}\nDeflateAlterETag NoChange`, [
    validated({ 'If-None-Match': tag }),
    validated({ 'If-None-Match': gzipTag }),
  ]),
  deflate(
    'Levels and sizes',
    `${byType}\nDeflateCompressionLevel 9\nDeflateMemLevel 1\nDeflateWindowSize 9\nDeflateBufferSize 64`,
    [ask('GET /a.txt', 'gzip'), ask('GET /long.txt', 'gzip'), ask('HEAD /long.txt', 'gzip')],
  ),
  deflate('The variable no-gzip', `${byType}\nSetEnvIf Request_URI a\\.txt no-gzip\nSetEnvIf X-Plain 1 no-gzip=0`, [
    ask('GET /a.txt', 'gzip'),
    ask('GET /a.html', 'gzip'),
    { request: 'GET /a.html', headers: { 'Accept-Encoding': 'gzip', 'X-Plain': '1' } },
  ]),
  deflate('The variable force-gzip', `${byType}\nSetEnvIf Request_URI . force-gzip`, [
    ask('GET /a.txt', undefined),
    ask('GET /a.txt', 'br'),
    ask('GET /a.txt', 'gzip;q=0'),
    ask('GET /a.css', undefined),
  ]),
  deflate(
    'The variable gzip-only-text/html',
    `SetOutputFilter DEFLATE\nSetEnvIf User-Agent old gzip-only-text/html\nSetEnvIf User-Agent other gzip-only-text/html=yes`,
    ['old', 'other', 'new'].flatMap((agent) => [
      { request: 'GET /a.txt', headers: { 'Accept-Encoding': 'gzip', 'User-Agent': agent } },
      { request: 'GET /a.html', headers: { 'Accept-Encoding': 'gzip', 'User-Agent': agent } },
    ]),
  ),
  deflate(
    'Headers that handlers and Header lines set',
    `${byType}
      <Files a.txt>
        Header append Vary Accept-Language
        Header set Cache-Control "max-age=60, no-transform"
      </Files>`,
    [ask('GET /a.txt', 'gzip'), ask('GET /a.txt', undefined)],
  ),
  deflate(
    'Several sections',
    `${byType}
      <Location /a.css>
        AddOutputFilterByType DEFLATE text/css
      </Location>
      <Location /a.html>
        AddOutputFilterByType DEFLATE text/css
      </Location>
      <Files a.txt>
        SetOutputFilter DEFLATE
      </Files>`,
    [ask('GET /a.css', 'gzip'), ask('GET /a.html', 'gzip'), ask('GET /a.txt', 'gzip'), ask('GET /long.txt', 'gzip')],
  ),
  {
    ...deflate('.htaccess', '', [
      ask('GET /sub/a.txt', 'gzip'),
      ask('GET /a.txt', 'gzip'),
      ask('GET /set/a.txt', 'gzip'),
      ask('GET /set/none/a.txt', 'gzip'),
    ]),
    files: {
      ...files,
      'htdocs/sub/.htaccess': byType,
      'htdocs/sub/a.txt': text,
      'htdocs/set/.htaccess': 'SetOutputFilter DEFLATE',
      'htdocs/set/a.txt': text,
      'htdocs/set/none/.htaccess': 'SetOutputFilter None',
      'htdocs/set/none/a.txt': text,
    },
  },
  deflate('An error document', `${byType}\nErrorDocument 404 /a.txt`, [ask('GET /missing', 'gzip')]),
  deflate(
    'An error document with filter-errordocs',
    `${byType}\nErrorDocument 404 /a.txt\nSetEnvIf Request_URI . filter-errordocs`,
    [ask('GET /missing', 'gzip')],
  ),
  ...[
    'AddOutputFilterByType DEFLATE',
    'AddOutputFilterByType',
    'AddOutputFilterByType NOSUCH text/plain',
    'DeflateAlterETag perhaps',
    'DeflateAlterETag',
    'DeflateCompressionLevel 0',
    'DeflateCompressionLevel 10',
    'DeflateMemLevel 10',
    'DeflateWindowSize 16',
    'DeflateBufferSize 0',
    'DeflateBufferSize -1',
    'DeflateFilterNote Nothing note',
    'DeflateFilterNote',
    '<Directory @ROOT@>\nDeflateCompressionLevel 9\n</Directory>',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'deflate',
    modules: ['deflate'],
    config: line,
    refused: true as const,
    requests: [],
  })),
];
