import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world\nthe second line says hello, too\n'.repeat(4),
  'htdocs/many.txt': 'hello world, this is a line\n'.repeat(3_000),
  'htdocs/page.shtml': '<p>hello <!--#echo var="DOCUMENT_NAME" --></p>\n',
  'htdocs/missing.html': '<p>hello, nothing is here</p>\n',
  'htdocs/folder/index.html': '<p>hello folder</p>\n',
  'htdocs/secret.txt': 'secret\n',
};

const modules = ['substitute', 'sed', 'ext_filter', 'charset_lite', 'deflate', 'include', 'buffer', 'ratelimit', 'filter', 'setenvif', 'reflector', 'env']; // prettier-ignore

const common = `
ExtFilterDefine shout cmd="/usr/bin/tr a-z A-Z"
<Location /secret.txt>
Require all denied
</Location>
Redirect /moved http://other.example/hello
`;
/** Apache keeps what was said of the original, which has a row of its own; these lines make the rest comparable. */
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';

/** Each of them changes the body of `/a.txt`, and says so in its own way. */
const changing: Readonly<Record<string, string>> = {
  SUBSTITUTE: 'SetOutputFilter SUBSTITUTE\nSubstitute s/hello/good-bye/',
  Sed: 'SetOutputFilter Sed\nOutputSed s/hello/good-bye/',
  EXT_FILTER: 'SetOutputFilter shout',
  XLATEOUT: 'CharsetSourceEnc utf-8\nCharsetDefault utf-16le\nAddDefaultCharset utf-16le',
  INCLUDES: 'Options +Includes\nSetOutputFilter INCLUDES',
  'SUBSTITUTE behind Sed': 'SetOutputFilter Sed;SUBSTITUTE\nOutputSed s/hello/good-bye/\nSubstitute s/bye/night/',
};

/** These pass it on as it is, or in another coding. */
const keeping: Readonly<Record<string, string>> = {
  BUFFER: 'SetOutputFilter BUFFER',
  RATE_LIMIT: 'SetOutputFilter RATE_LIMIT\nSetEnv rate-limit 100000',
  'BUFFER and RATE_LIMIT': 'SetOutputFilter BUFFER;RATE_LIMIT\nSetEnv rate-limit 100000',
  'Sed without a script': 'SetOutputFilter Sed',
  'XLATEOUT without charsets': 'SetOutputFilter XLATEOUT',
  'EXT_FILTER of another type': 'SetOutputFilter other',
  'INFLATE of what is plain': 'SetOutputFilter INFLATE',
};

function together(
  name: string,
  lines: string,
  requests: ComparisonCase['requests'],
  heads = withoutValidators,
): ComparisonCase {
  const config = `${common}ExtFilterDefine other intype=image/png cmd="/usr/bin/tr a-z A-Z"\n${heads}<Location />\n${lines}\n</Location>`;
  return { name, plugin: 'filters', modules, config, files, requests };
}

/** Apache passes their bodies on in pieces, so that it makes nothing of Range. */
const wholly = new Set(['SUBSTITUTE', 'XLATEOUT', 'SUBSTITUTE behind Sed']);
/** Those of which neither server says the length in the answer to HEAD, or both. */
const measured = new Set(['Sed', 'INCLUDES']);

const modified = 'Tue, 02 Jan 2024 03:04:05 GMT';
const range = 'Range of a body that a filter has changed';
const head = 'HEAD of a body that a filter has changed';

function get(headers: Record<string, string>, differs?: string, request = 'GET /a.txt'): ComparisonRequest {
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

const conditions: readonly ComparisonRequest[] = [
  get({ 'If-Modified-Since': modified }),
  get({ 'If-Modified-Since': 'Mon, 01 Jan 2024 00:00:00 GMT' }),
  get({ 'If-Unmodified-Since': 'Mon, 01 Jan 2024 00:00:00 GMT' }),
  get({ 'If-None-Match': '"other"' }),
  get({ 'If-None-Match': '*' }),
  get({ 'If-Match': '"other"' }),
  get({ 'If-Match': '*' }),
];
const errors = [
  'GET /nowhere',
  'HEAD /nowhere',
  'GET /secret.txt',
  'GET /moved',
  'GET /folder',
  'GET /folder/',
  { request: 'PUT /a.txt', differs: 'Allow' },
];
const withDocuments = 'ErrorDocument 404 /missing.html\nErrorDocument 403 "hello, go away"\n';

export const cases: readonly ComparisonCase[] = [
  ...Object.entries(changing).flatMap(([name, lines]) => [
    together(`${name}: whole bodies`, lines, [
      'GET /a.txt',
      'GET /many.txt',
      measured.has(name) ? 'HEAD /a.txt' : { request: 'HEAD /a.txt', differs: head },
      'GET /a.txt HTTP/1.0',
    ]),
    together(`${name}: conditions`, lines, conditions),
    together(`${name}: ranges`, lines, [
      get({ Range: 'bytes=0-4' }, wholly.has(name) ? range : undefined),
      get({ Range: 'bytes=-5' }, wholly.has(name) ? range : undefined),
      get({ Range: 'bytes=2-3,5-6' }, wholly.has(name) ? range : undefined),
      get({ Range: 'bytes=9999-' }, wholly.has(name) ? range : '416'),
      get({ Range: 'bytes=0-4', 'If-Range': '"other"' }),
      get({ Range: 'nonsense' }),
    ]),
    together(`${name}: errors`, lines, errors),
    together(`${name}: errors with documents`, `${lines}\n${withDocuments}`, [
      'GET /nowhere',
      { request: 'GET /secret.txt', differs: 'the text of an ErrorDocument' },
    ]),
  ]),
  ...Object.entries(keeping).flatMap(([name, lines]) => [
    together(`${name}: whole bodies`, lines, ['GET /a.txt', 'GET /many.txt', 'HEAD /a.txt', 'GET /a.txt HTTP/1.0'], ''),
    together(`${name}: conditions`, lines, conditions, ''),
    together(
      `${name}: ranges`,
      lines,
      [
        get({ Range: 'bytes=0-4' }),
        get({ Range: 'bytes=-5' }),
        get({ Range: 'bytes=9999-' }, '416'),
        get({ Range: 'bytes=0-4', 'If-Range': modified }),
        get({ Range: 'bytes=0-4', 'If-Range': '"other"' }),
      ],
      '',
    ),
    together(`${name}: errors`, lines, errors),
  ]),
];
