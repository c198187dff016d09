import type { ComparisonCase } from '../comparison-case.ts';

const text = 'The quick brown fox jumps over the lazy dog.\n';
const etag = '"2d-60dedc04dd340"';
const modified = 'Tue, 02 Jan 2024 03:04:05 GMT';
const later = 'Wed, 03 Jan 2024 03:04:05 GMT';
const earlier = 'Mon, 01 Jan 2024 03:04:05 GMT';

function conditional(headers: Readonly<Record<string, string>>): { request: string; headers: typeof headers } {
  return { request: 'GET /a.txt', headers };
}

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Files are sent with their type, date and entity tag',
    plugin: 'static',
    config: '',
    files: { 'htdocs/a.txt': text, 'htdocs/b.html': '<p>b</p>', 'htdocs/empty.css': '', 'htdocs/none': 'x' },
    requests: [
      'GET /a.txt',
      'HEAD /a.txt',
      'GET /b.html',
      'GET /empty.css',
      'GET /none',
      'GET /missing',
      'HEAD /missing',
      'GET /a.txt/behind',
      'GET /a.txt?query',
      'GET /%61.txt',
      'GET /a.txt HTTP/1.0',
    ],
  },
  {
    name: 'Conditions are judged by entity tag first, then by date',
    plugin: 'static',
    config: '',
    files: { 'htdocs/a.txt': text },
    requests: [
      conditional({ 'If-None-Match': etag }),
      conditional({ 'If-None-Match': `W/${etag}` }),
      conditional({ 'If-None-Match': `"x", ${etag}` }),
      conditional({ 'If-None-Match': '*' }),
      conditional({ 'If-None-Match': '"x"' }),
      conditional({ 'If-None-Match': '"x"', 'If-Modified-Since': later }),
      conditional({ 'If-Modified-Since': modified }),
      conditional({ 'If-Modified-Since': earlier }),
      conditional({ 'If-Modified-Since': 'yesterday' }),
      conditional({ 'If-Match': etag }),
      conditional({ 'If-Match': '*' }),
      conditional({ 'If-Unmodified-Since': modified }),
      { request: 'HEAD /a.txt', headers: { 'If-None-Match': etag } },
    ],
  },
  {
    name: 'Ranges of a file',
    plugin: 'byte_range',
    config: '',
    files: { 'htdocs/a.txt': text },
    requests: [
      conditional({ Range: 'bytes=0-3' }),
      conditional({ Range: 'bytes=4-' }),
      conditional({ Range: 'bytes=-5' }),
      conditional({ Range: 'bytes=0-0,10-12' }),
      conditional({ Range: 'bytes=0-1000' }),
      conditional({ Range: 'bytes=5-2' }),
      conditional({ Range: 'octets=0-3' }),
      conditional({ Range: 'bytes=0-3', 'If-Range': etag }),
      conditional({ Range: 'bytes=0-3', 'If-Range': '"x"' }),
      conditional({ Range: 'bytes=0-3', 'If-Range': modified }),
      conditional({ Range: 'bytes=0-3', 'If-None-Match': etag }),
    ],
  },
];
