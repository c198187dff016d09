import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n';
const etag = '"1a-60dedc04dd340"';
const modified = 'Tue, 02 Jan 2024 03:04:05 GMT';
const later = 'Wed, 03 Jan 2024 03:04:05 GMT';
const earlier = 'Mon, 01 Jan 2024 03:04:05 GMT';
const future = 'Tue, 02 Jan 2094 03:04:05 GMT';

const several = 'If-None-Match or If-Match together with a condition by date, or with If-Range';

function ask(headers: Readonly<Record<string, string>>, differs?: string, method = 'GET'): ComparisonRequest {
  const request = `${method} /a.txt`;
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

function conditions(name: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'static', config: '', files: { 'htdocs/a.txt': text }, requests };
}

export const cases: readonly ComparisonCase[] = [
  conditions(
    'If-None-Match',
    [
      etag,
      `W/${etag}`,
      `"x", ${etag}`,
      `"x",${etag},"y"`,
      `"x" , W/${etag}`,
      '*',
      ' * ',
      '"x"',
      '',
      etag.slice(0, -1),
      etag.slice(1),
      etag.replaceAll('"', ''),
      `w/${etag}`,
      `"a,${etag.slice(1)}`,
      `*, ${etag}`,
      '"x", *',
      `"${'x'.repeat(7_000)}", ${etag}`,
    ].flatMap((value) => [ask({ 'If-None-Match': value }), ask({ 'If-None-Match': value }, undefined, 'HEAD')]),
  ),
  conditions(
    'If-Match',
    [etag, `W/${etag}`, `"x", ${etag}`, `W/${etag}, ${etag}`, '*', '"x"', '', etag.slice(1), '"x", *'].map((value) =>
      ask(
        { 'If-Match': value },
        value.startsWith('W/') && value.includes(',') ? 'a strong tag behind a weak one in If-Match' : undefined,
      ),
    ),
  ),
  conditions(
    'If-Modified-Since',
    [
      modified,
      later,
      earlier,
      future,
      'Tuesday, 02-Jan-24 03:04:05 GMT',
      'Tue Jan  2 03:04:05 2024',
      'Tue, 02 Jan 2024 03:04:05 +0000',
      'Tue, 02 Jan 2024 03:04:05',
      'Tue, 02 Jan 2024 03:04:05 GMT; length=26',
      '2024-01-02T03:04:05Z',
      '1704164645',
      'yesterday',
      '',
      'Tue, 32 Jan 2024 03:04:05 GMT',
      'Tue, 02 Jan 2024 25:04:05 GMT',
      'Tue, 02 Foo 2024 03:04:05 GMT',
      'Mon, 02 Jan 2024 03:04:05 GMT',
    ].map((value) => ask({ 'If-Modified-Since': value })),
  ),
  conditions(
    'If-Unmodified-Since',
    [modified, later, earlier, future, 'Tue Jan  2 03:04:05 2024', 'Mon Jan  1 03:04:05 2024', 'yesterday', ''].map(
      (value) => ask({ 'If-Unmodified-Since': value }),
    ),
  ),
  conditions('Several conditions', [
    ask({ 'If-None-Match': etag, 'If-Modified-Since': modified }),
    ask({ 'If-None-Match': etag, 'If-Modified-Since': earlier }, several),
    ask({ 'If-None-Match': '"x"', 'If-Modified-Since': modified }),
    ask({ 'If-None-Match': '"x"', 'If-Modified-Since': earlier }),
    ask({ 'If-Match': etag, 'If-Unmodified-Since': earlier }, several),
    ask({ 'If-Match': '"x"', 'If-Unmodified-Since': later }),
    ask({ 'If-Match': etag, 'If-None-Match': etag }),
    ask({ 'If-Match': '"x"', 'If-None-Match': etag }),
    ask({ 'If-Match': etag, 'If-Modified-Since': modified }),
    ask({ 'If-Unmodified-Since': modified, 'If-Modified-Since': modified }, several),
    ask({ 'If-Unmodified-Since': earlier, 'If-Modified-Since': modified }),
    ask({ 'If-Unmodified-Since': earlier, 'If-None-Match': etag }),
    ask({ 'If-None-Match': '*', 'If-Match': '*' }),
  ]),
  conditions('Conditions and ranges', [
    ask({ Range: 'bytes=0-3', 'If-None-Match': etag }),
    ask({ Range: 'bytes=0-3', 'If-None-Match': `W/${etag}` }),
    ask({ Range: 'bytes=0-3', 'If-None-Match': '"x"' }),
    ask({ Range: 'bytes=0-3', 'If-Modified-Since': modified }),
    ask({ Range: 'bytes=0-3', 'If-Match': '"x"' }),
    ask({ Range: 'bytes=0-3', 'If-Unmodified-Since': earlier }),
    ask({ Range: 'bytes=99-', 'If-None-Match': etag }),
    ask({ Range: 'bytes=99-', 'If-Match': '"x"' }),
  ]),
  conditions('If-Range', [
    ...[
      etag,
      `W/${etag}`,
      '"x"',
      `"x", ${etag}`,
      `${etag}, "x"`,
      '*',
      '',
      modified,
      later,
      earlier,
      'Tuesday, 02-Jan-24 03:04:05 GMT',
      'Tue Jan  2 03:04:05 2024',
      'nonsense',
      etag.slice(1),
      etag.replaceAll('"', ''),
    ].map((value) => ask({ Range: 'bytes=0-3', 'If-Range': value })),
    ask({ 'If-Range': etag }),
    ask({ Range: 'bytes=99-', 'If-Range': '"x"' }),
    ask({ Range: 'bytes=0-3', 'If-Range': etag, 'If-None-Match': etag }, several),
    ask({ Range: 'bytes=0-3', 'If-Range': '"x"', 'If-Match': etag }),
  ]),
  {
    name: 'What a 412 says',
    plugin: 'static',
    config: `Header set Cache-Control "max-age=60"
      Header set X-Other "other"
      Header always set X-Always "always"
      Header set Content-Location "/elsewhere"
      Header append Vary X-Vary`,
    files: { 'htdocs/a.txt': text },
    requests: [
      { request: 'GET /a.txt', headers: { 'If-Match': '"x"' } },
      { request: 'GET /missing', headers: { 'If-None-Match': '*' } },
    ],
  },
  {
    name: 'Headers of a 304 by Header',
    plugin: 'static',
    config: `Header set Cache-Control "max-age=60"
      Header set X-Other "other"
      Header always set X-Always "always"
      Header set Content-Location "/elsewhere"
      Header set Content-Disposition "attachment"
      Header append Vary X-Vary
      AddLanguage en .en
      AddEncoding gzip .gz`,
    files: { 'htdocs/a.txt': text, 'htdocs/b.txt.en.gz': text },
    requests: [
      ask({ 'If-None-Match': etag }),
      { request: 'GET /b.txt.en.gz', headers: { 'If-None-Match': etag } },
      { request: 'HEAD /b.txt.en.gz', headers: { 'If-Modified-Since': modified } },
      { request: 'GET /b.txt.en.gz', headers: { Range: 'bytes=0-3' } },
      'GET /b.txt.en.gz',
    ],
  },
];
