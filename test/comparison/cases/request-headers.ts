import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = { 'htdocs/a.txt': 'text\n', 'htdocs/b.txt': 'b\n', 'htdocs/error.txt': 'error\n' };

/** Each starts from a field that the client sent twice; what comes of it is shown by the answer. */
const actions = [
  '',
  'RequestHeader set X-In new',
  'RequestHeader set x-in new',
  'RequestHeader append X-In three',
  'RequestHeader append X-New one',
  'RequestHeader add X-In three',
  'RequestHeader add X-New three',
  'RequestHeader merge X-In one',
  'RequestHeader merge X-In three',
  'RequestHeader setifempty X-In new',
  'RequestHeader setifempty X-New new',
  'RequestHeader unset X-In',
  'RequestHeader unset x-iN',
  'RequestHeader edit X-In one 1',
  'RequestHeader edit* X-In [aeiou] _',
  'RequestHeader edit X-In "^(\\w+), (\\w+)$" "$2, $1"',
  'RequestHeader edit X-New .* a',
  'RequestHeader set X-New %{KIND}e',
  'RequestHeader set X-New "%{ABSENT}e%%"',
  'RequestHeader set X-New expr=%{REQUEST_URI}',
  'RequestHeader set X-New yes env=KIND',
  'RequestHeader set X-New yes env=!KIND',
  'RequestHeader set X-New yes env=ABSENT',
  'RequestHeader set X-New yes "expr=%{req:X-In} =~ /two/"',
  'RequestHeader set X-New yes "expr=%{req:X-In} =~ /three/"',
  'RequestHeader unset X-In early',
  'RequestHeader set X-New early early\nRequestHeader append X-New late',
  'RequestHeader set X-In 1\nRequestHeader append X-In 2\nRequestHeader edit X-In , ;',
  'RequestHeader unset X-In\nRequestHeader setifempty X-In again',
];

const badLines = [
  'RequestHeader',
  'RequestHeader set X-A',
  'RequestHeader echo X-A',
  'RequestHeader always set X-A a',
  'RequestHeader edit X-A [ b',
  'RequestHeader note X-In kept',
  'RequestHeader set X-A a expr=(',
  'RequestHeader set X-A %Q',
];

const sent: ComparisonRequest = { request: 'GET /a.txt', headers: { 'X-In': ['one', 'two'] } };

export const cases: readonly ComparisonCase[] = [
  ...actions.map((line): ComparisonCase => ({
    name: `A field that came twice, then ${line.replaceAll('\n', ', ') || 'nothing'}`,
    plugin: 'headers',
    config: `SetEnvIf Host . KIND=mine\n${line}\nHeader set X-Out "expr=<%{req:X-In}> <%{req:X-New}>"`,
    files,
    requests: [sent],
  })),
  ...badLines.map((line): ComparisonCase => ({
    name: `${line} is refused`,
    plugin: 'headers',
    config: line,
    refused: true,
    requests: [],
  })),
  {
    name: 'What early lines take away is not seen by anybody',
    plugin: 'headers',
    config: `RequestHeader unset If-None-Match early
RequestHeader unset Range early
RequestHeader set Accept-Language de early
SetEnvIf Accept-Language (.*) LANG_SEEN=$1
Header set X-Lang %{LANG_SEEN}e`,
    files,
    requests: [
      { request: 'GET /a.txt', headers: { 'If-None-Match': '*' } },
      { request: 'GET /a.txt', headers: { Range: 'bytes=0-1' } },
      { request: 'GET /a.txt', headers: { 'Accept-Language': 'fr' } },
    ],
  },
  {
    name: 'Late lines act before the file is sent',
    plugin: 'headers',
    config: `<Location /a.txt>
  RequestHeader unset If-None-Match
  RequestHeader unset Range
</Location>
<Location /b.txt>
  RequestHeader set Range bytes=0-0
</Location>`,
    files,
    requests: [
      { request: 'GET /a.txt', headers: { 'If-None-Match': '*' } },
      { request: 'GET /a.txt', headers: { Range: 'bytes=0-1' } },
      { request: 'GET /b.txt', headers: { 'If-None-Match': '*' } },
      'GET /b.txt',
    ],
  },
  {
    name: 'An error document sees the changed headers',
    plugin: 'headers',
    config: `ErrorDocument 404 /error.txt
RequestHeader append X-In again
Header always set X-Out "expr=%{req:X-In}"`,
    files,
    requests: [
      { request: 'GET /missing', headers: { 'X-In': 'once' } },
      { request: 'GET /a.txt', headers: { 'X-In': 'once' } },
    ],
  },
];
