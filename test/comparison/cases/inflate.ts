import { gzipSync } from 'node:zlib';
import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n'.repeat(40);
const packed = gzipSync(text);
const files = {
  'htdocs/a.txt': text,
  'htdocs/a.txt.gz': packed,
  'htdocs/two.txt.gz': Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]),
  'htdocs/empty.txt.gz': gzipSync(''),
};

function inflate(name: string, lines: string, requests: ComparisonCase['requests']): ComparisonCase {
  const config = `AddEncoding x-gzip .gz\nRemoveType .gz\nAddType text/plain .txt\n${lines}`;
  return {
    name,
    plugin: 'deflate',
    modules: ['deflate', 'substitute', 'reflector', 'buffer', 'ratelimit'],
    config,
    files,
    requests,
  };
}

const mirror =
  '<Location /mirror>\nSetHandler reflector\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n</Location>\n';

function post(body: string | Uint8Array, headers: Record<string, string> = {}, differs?: string): ComparisonRequest {
  const request = { request: 'POST /mirror', headers: { 'Content-Type': 'text/plain', ...headers }, body };
  return differs === undefined ? request : { ...request, differs };
}

/** The reflector promises the length of what came, unless a filter says otherwise. */
const counted = 'SetOutputFilter SUBSTITUTE';

const inGzip = { 'Content-Encoding': 'gzip' };

export const cases: readonly ComparisonCase[] = [
  inflate('INFLATE of files', 'SetOutputFilter INFLATE', [
    'GET /a.txt.gz',
    'GET /a.txt',
    { request: 'HEAD /a.txt.gz', differs: 'HEAD of a body that INFLATE decompresses' },
    'GET /missing.gz',
    { request: 'GET /a.txt.gz', headers: { 'Accept-Encoding': 'gzip' } },
    {
      request: 'GET /a.txt.gz',
      headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' },
      differs: 'the tag in a 304',
    },
  ]),
  ...['AddSuffix', 'NoChange', 'Remove'].map((word) =>
    inflate(`INFLATE and DeflateAlterETag ${word}`, `SetOutputFilter INFLATE\nDeflateAlterETag ${word}`, [
      'GET /a.txt.gz',
    ]),
  ),
  inflate(
    'INFLATE, SUBSTITUTE and DEFLATE',
    'SetOutputFilter INFLATE;SUBSTITUTE;DEFLATE\nSubstitute s/hello/bye/\nHeader unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges',
    [
      'GET /a.txt.gz',
      { request: 'GET /a.txt.gz', headers: { 'Accept-Encoding': 'gzip' } },
      { request: 'GET /a.txt', headers: { 'Accept-Encoding': 'gzip' } },
    ],
  ),
  inflate('INFLATE by type', 'AddOutputFilterByType INFLATE text/plain', ['GET /a.txt.gz', 'GET /a.txt']),
  inflate('The reflector', mirror, [
    post('hello\n'),
    post('hello\n', { 'Content-Type': 'text/x-own; charset=utf-8' }),
    post(''),
    post(text),
    { request: 'GET /mirror', differs: 'Allow' },
    { request: 'HEAD /mirror', differs: 'Allow' },
    { request: 'PUT /mirror', body: 'x', differs: 'Allow' },
    { request: 'POST /mirror', body: 'x' },
  ]),
  inflate(
    'ReflectorHeader',
    `${mirror}<Location />\nReflectorHeader X-One\nReflectorHeader X-Two X-Three\n</Location>`,
    [post('hello', { 'X-One': '1', 'X-Two': '2' }), post('hello', { 'X-Two': '2' }), post('hello')],
  ),
  inflate('INFLATE of requests', `${mirror}SetInputFilter DEFLATE\n${counted}`, [
    post(packed, inGzip),
    post(packed, { 'Content-Encoding': 'x-gzip' }),
    post(packed, { 'Content-Encoding': 'GZIP' }),
    post(packed, { 'Content-Encoding': 'identity, gzip' }),
    post('hello'),
    post('hello', { 'Content-Encoding': 'identity' }),
    post('hello', { 'Content-Encoding': 'br' }),
    post(gzipSync('x'), inGzip),
    post(gzipSync(Array.from({ length: 10_000 }, (_, at) => `line ${at * at}\n`).join('')), inGzip),
  ]),
  inflate('Request bodies that are no gzip', `${mirror}SetInputFilter DEFLATE`, [
    post('hello, this is no gzip', inGzip),
    post(packed.subarray(0, 20), inGzip),
    post(packed.subarray(0, packed.length - 4), inGzip),
    post(Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]), inGzip),
  ]),
  inflate(
    'INFLATE and reflection through SUBSTITUTE',
    `${mirror}SetInputFilter DEFLATE\nSetOutputFilter SUBSTITUTE;DEFLATE\nSubstitute s/hello/bye/`,
    [post(packed, inGzip), post(packed, { ...inGzip, 'Accept-Encoding': 'gzip' }), post(text)],
  ),
  inflate(
    'BUFFER',
    `${mirror}SetInputFilter BUFFER\nSetOutputFilter BUFFER\n<Location />\nBufferSize 100\n</Location>`,
    [
      post(text),
      post('hello'),
      post(''),
      'GET /a.txt',
      'HEAD /a.txt',
      'GET /missing',
      { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' } },
    ],
  ),
  inflate('RATE_LIMIT', 'SetOutputFilter RATE_LIMIT\nSetEnv rate-limit 400\nSetEnv rate-initial-burst 512', [
    'GET /a.txt',
    'HEAD /a.txt',
    { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' } },
  ]),
  ...[
    'DeflateInflateLimitRequestBody some',
    'DeflateInflateLimitRequestBody -1',
    'DeflateInflateRatioLimit 0',
    'DeflateInflateRatioBurst 0',
    'DeflateInflateRatioBurst -3',
    'BufferSize 0',
    'BufferSize -1',
    'ReflectorHeader',
    'ReflectorHeader a b c',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: line.startsWith('D') ? 'deflate' : 'buffer',
    modules: ['deflate', 'buffer', 'reflector'],
    config: line,
    refused: true as const,
    requests: [],
  })),
];
