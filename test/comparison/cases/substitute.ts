import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world\nHello again\n\naaa bbb $1 \\x a.b a/b\nthe last line says hello',
  'htdocs/crlf.txt': 'one\r\ntwo\r\n',
  'htdocs/utf.txt': 'Grüße aus Köln\nnaïve café\n',
  'htdocs/bytes': Uint8Array.from({ length: 256 }, (_, at) => at),
  'htdocs/long.txt': `${'x'.repeat(300)}\nshort\n`,
  'htdocs/many.txt': 'hello world, this is a line\n'.repeat(3_000),
  'htdocs/empty.txt': '',
};

function substitute(
  name: string,
  lines: string,
  requests: ComparisonCase['requests'] = ['GET /a.txt', 'GET /utf.txt', 'GET /empty.txt'],
): ComparisonCase {
  const config = `SetOutputFilter SUBSTITUTE\n${withoutValidators}${lines}`;
  return { name, plugin: 'substitute', modules: ['substitute', 'deflate'], config, files, requests };
}

/** Apache keeps what was said of the original, which has a row of its own; these lines make the rest comparable. */
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';
const stale = 'the head of a body that SUBSTITUTE and its kin have changed';

const one = ['GET /a.txt'];

export const cases: readonly ComparisonCase[] = [
  substitute('No substitution', ''),
  substitute('Plain text', 'Substitute s/hello/bye/'),
  substitute('Plain text that is not there', 'Substitute s/nothing/bye/'),
  substitute('A longer body', 'Substitute s/world/universe/', ['GET /many.txt', 'HEAD /many.txt']),
  substitute('Bytes that are no text', 'Substitute s/a/bb/', ['GET /bytes']),
  {
    ...substitute('The head', ''),
    config: 'SetOutputFilter SUBSTITUTE\nSubstitute s/hello/bye/',
    requests: [{ request: 'GET /a.txt', differs: stale }, { request: 'GET /missing' }],
  },
  substitute('Ranges, conditions and HEAD', 'Substitute s/hello/bye/', [
    { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' }, differs: 'Range of a body that a filter has changed' },
    { request: 'GET /a.txt', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
    { request: 'HEAD /a.txt', differs: 'HEAD of a body that a filter has changed' },
    'GET /missing',
    { request: 'GET /many.txt', headers: { 'Accept-Encoding': 'gzip' } },
  ]),
  ...[
    's/hello/bye/i',
    's/HELLO/bye/in',
    's/a.b/X/',
    's/a.b/X/n',
    's/$1/X/n',
    's|a/b|X|',
    's#a/b#X#n',
    's,hello,bye,',
    's!hello!!',
    's/l+/L/',
    's/(h)(e)/$2$1/i',
    's/(h)(e)/$2$1/n',
    's/h(e)?(x)?/[$1$2]/',
    's/hello/[$0]/',
    's/hello/\\$0/',
    's/hello/a\\\\b/',
    's/hello/&/',
    's/hello/$9/',
    's/^hello/X/',
    's/hello$/X/',
    's/world$/X/',
    's/\\\\d/N/',
    's/[aeiou]/_/',
    's/\\\\bhello\\\\b/X/i',
    's/(?i)hello/X/',
    's/ü/ue/',
    's/[üé]/X/',
    's/ö/Ö/n',
    's/./x/',
    's/.$/x/',
    's/hello/bye',
    's/hello/bye/f',
    's/hello/bye/q',
    's/hello/bye/fq',
  ].map((rule) => substitute(`Substitute ${rule}`, `Substitute "${rule}"`, ['GET /a.txt', 'GET /utf.txt'])),
  substitute('Lines that end with CRLF', 'Substitute "s/e$/X/"\nSubstitute "s/o/0/"', ['GET /crlf.txt']),
  substitute('One after the other', 'Substitute s/hello/bye/\nSubstitute "s/bye world/ciao/"', one),
  substitute('One after the other, kept apart', 'Substitute s/hello/bye/q\nSubstitute "s/bye world/ciao/"', one),
  substitute('One after the other, both kept apart', 'Substitute s/hello/bye/q\nSubstitute s/bye/ciao/q', one),
  substitute(
    'Inner and outer sections',
    'Substitute s/hello/first/\n<Files a.txt>\nSubstitute s/first/second/\nSubstitute s/hello/third/\n</Files>',
    one,
  ),
  substitute(
    'SubstituteInheritBefore On',
    'SubstituteInheritBefore On\nSubstitute s/hello/first/\n<Files a.txt>\nSubstitute s/first/second/\n</Files>',
    one,
  ),
  substitute(
    'SubstituteInheritBefore in the inner section',
    'Substitute s/hello/first/\n<Files a.txt>\nSubstituteInheritBefore On\nSubstitute s/first/second/\n</Files>',
    one,
  ),
  substitute(
    'SubstituteInheritBefore Off in the inner section',
    'SubstituteInheritBefore On\nSubstitute s/hello/first/\n<Files a.txt>\nSubstituteInheritBefore Off\nSubstitute s/first/second/\n</Files>',
    one,
  ),
  substitute('SubstituteMaxLineLength that is enough', 'SubstituteMaxLineLength 1k\nSubstitute s/short/long/', [
    'GET /long.txt',
  ]),
  substitute('Compressed afterwards', 'SetOutputFilter SUBSTITUTE;DEFLATE\nSubstitute s/world/universe/', [
    { request: 'GET /many.txt', headers: { 'Accept-Encoding': 'gzip' } },
  ]),
  substitute(
    'AddOutputFilterByType',
    'SetOutputFilter None\nAddOutputFilterByType SUBSTITUTE text/plain\nSubstitute s/a/b/',
    ['GET /a.txt', 'GET /bytes'],
  ),
  {
    ...substitute('.htaccess', '', ['GET /sub/a.txt']),
    files: { 'htdocs/sub/.htaccess': 'Substitute "s/hello/bye/"', 'htdocs/sub/a.txt': 'hello\n' },
  },
  ...[
    'Substitute hello',
    'Substitute s/hello',
    'Substitute s/hello/bye/z',
    'Substitute "s/(/x/"',
    'Substitute',
    'SubstituteMaxLineLength many',
    'SubstituteInheritBefore perhaps',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'substitute',
    modules: ['substitute'],
    config: line,
    refused: true as const,
    requests: [],
  })),
];
