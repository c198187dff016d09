import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world\nHello again\n\naaa bbb /x/ a.b [c]\nthe last line says hello',
  'htdocs/numbers.txt': Array.from({ length: 12 }, (_, at) => `line ${at + 1}\n`).join(''),
  'htdocs/long.txt': `${'0123456789'.repeat(20)}\n${'x'.repeat(71)}\n\tback\\slash\x01\x7f\n`,
  'htdocs/many.txt': 'hello world, this is a line\n'.repeat(3_000),
  'htdocs/empty.txt': '',
  'htdocs/blank.txt': '\n\n\n',
  'htdocs/one': 'x',
};

/** Apache keeps what was said of the original, which has a row of its own; these lines make the rest comparable. */
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';
const stale = 'the head of a body that SUBSTITUTE and its kin have changed';

const both = ['GET /a.txt', 'GET /numbers.txt'];

/** A script by its lines, on responses. */
function sed(script: readonly string[], requests: ComparisonCase['requests'] = both): ComparisonCase {
  const lines = script.map((line) => `OutputSed "${line.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  const config = `<Location />\nSetOutputFilter Sed\n${lines.join('\n')}\n</Location>\n${withoutValidators}`;
  return { name: script.join(' | '), plugin: 'sed', modules: ['sed', 'deflate'], config, files, requests };
}

/** A script on the bodies of requests. The reflector promises the length of what came, unless a filter says otherwise. */
function inputSed(script: readonly string[], requests: ComparisonCase['requests']): ComparisonCase {
  const lines = script.map((line) => `InputSed "${line.replaceAll('\\', '\\\\')}"`);
  const config = `<Location />\nSetHandler reflector\nSetInputFilter Sed\nSetOutputFilter SUBSTITUTE\n${lines.join('\n')}\n</Location>\n${withoutValidators}`;
  return {
    name: `Requests: ${script.join(' | ')}`,
    plugin: 'sed',
    modules: ['sed', 'reflector', 'substitute'],
    config,
    requests,
  };
}

function refused(line: string): ComparisonCase {
  const config = `<Location />\nOutputSed "${line.replaceAll('\\', '\\\\')}"\n</Location>`;
  return { name: `Refused: ${line}`, plugin: 'sed', modules: ['sed'], config, refused: true, requests: [] };
}

const post = (body: string): { readonly request: string; readonly body: string } => ({ request: 'POST /x', body });

export const cases: readonly ComparisonCase[] = [
  sed(['s/hello/bye/'], [...both, 'GET /many.txt', 'GET /empty.txt', 'GET /blank.txt', 'GET /one', 'GET /missing']),
  {
    ...sed(['s/hello/bye/']),
    name: 'The head',
    config: '<Location />\nSetOutputFilter Sed\nOutputSed s/hello/bye/\n</Location>',
    requests: [{ request: 'GET /a.txt', differs: stale }],
  },
  ...[
    's/l/L/g',
    's/l/L/2',
    's/o/0/3',
    's/a*/x/g',
    's/x*/-/g',
    's/a*/x/2',
    's/^/> /',
    's/$/ </',
    's/^hello/X/',
    's/hello$/X/',
    's/^$/empty/',
    's/a^b$c/X/',
    's/./x/g',
    's/a.b/X/',
    's/a\\.b/X/',
    's/[aeiou]/_/g',
    's/[^aeiou]/_/g',
    's/[a-h]/#/g',
    's/[]x]/#/g',
    's/[[c]/#/g',
    's/[a-]/#/g',
    's/\\(h\\)\\(e\\)/\\2\\1/g',
    's/\\(.\\)\\1/<\\1>/g',
    's/a\\{2\\}/X/g',
    's/l\\{1,\\}/X/g',
    's/[0-9]\\{1,2\\}/<&>/',
    's/hello/[&]/',
    's/hello/[\\&]/',
    's/hello/a\\/b/',
    's|/x/|slash|',
    's,/x/,a\\,b,',
    's/*/star/',
    's/nothing/bye/',
    's/ .*//',
    's/[^ ]* *//',
    '/hello/d',
    '/hello/!d',
    '3d',
    '3!d',
    '2,4d',
    '2,4!d',
    '$d',
    '$!d',
    '/Hello/,/aaa/d',
    '/Hello/,$d',
    '2,/7/d',
    '/line 3/,5d',
    '/line 5/,3d',
    '5,3d',
    '1p',
    'p',
    '$p',
    '$=',
    '=',
    '/line 2/=',
    'n;d',
    '$!n;d',
    'N;s/line/LINE/2',
    'N;P;D',
    '$!N;P;D',
    '$!N;D',
    'y/abc/xyz/',
    'y/o \\n/0_-/',
    'l',
    '2l',
    '3q',
    '/aaa/q',
    'h;G',
    'G',
    'x',
    'x;p;x',
    '1!G;h;$!d',
    'H;$!d;x',
    'H;x;s/l/L/g;h;d',
    '1h;1!H;$!d;g',
    's/hello/bye/;s/bye/ciao/',
    's/hello/bye/g; s/world/all/',
    '/hello/s//X/',
    '/line 1/s//one/g',
    '\\,x,s//Y/',
    '2,5s/line/LINE/',
    's/line/LINE/p',
    's/\\n/-/',
    '#n',
    '# a comment',
  ].map((script) => sed([script])),
  ...[
    ['s/hello/bye/', 's/bye/ciao/g'],
    ['#n', 'p'],
    ['#n', '/line 1/p'],
    ['#n', 's/line 1/LINE/p'],
    ['#n', '$='],
    ['#n', '$!N', 'P', 's/line/X/P'],
    [':a', 's/l/L/', 'ta'],
    [':again', 's/^\\(x*\\)[^x]/\\1x/', 't again'],
    ['/hello/b end', 's/^/- /', ':end'],
    ['2,4{', 's/line/in/', 's/in/IN/', '}'],
    ['2,4!{', 's/line/out/', '}'],
    ['/line/{', '/2/{', 's/line/two/', '}', 's/$/!/', '}'],
    ['s/hello/bye/', 't', 's/$/ none/'],
    [':a', '$!{', 'N', 'b a', '}', 's/\\n/,/g'],
    ['N', 'N', 's/\\n/+/g'],
    ['2q', 's/line/x/'],
  ].map((script) => sed(script)),
  { ...sed(['l'], ['GET /long.txt']), name: 'A listing of long lines' },
  sed(['N;N;l'], ['GET /blank.txt']),
  sed(['s/ /\\n/'], [{ request: 'GET /a.txt', differs: '`\\n` in the replacement of a sed script' }]),
  sed(['s/hello/bye/;s/^$/-/'], ['HEAD /empty.txt', 'GET /blank.txt', 'GET /one', 'GET /many.txt']),
  {
    ...sed(['s/o/0/']),
    name: 'Lines of an inner section replace those of the outer one',
    config: `<Location />\nSetOutputFilter Sed\nOutputSed s/hello/bye/\n</Location>\n<Location /a.txt>\nOutputSed s/o/0/g\n</Location>\n${withoutValidators}`,
  },
  {
    ...sed([]),
    name: 'No script',
    config: 'SetOutputFilter Sed',
    requests: ['GET /a.txt', 'HEAD /a.txt', { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' } }],
  },
  {
    ...sed(['s/hello/bye/']),
    name: 'By the extension, and compressed behind it',
    config: `<Location />\nAddOutputFilter Sed;DEFLATE .txt\nOutputSed s/hello/bye/\n</Location>\n${withoutValidators}`,
    requests: ['GET /a.txt', { request: 'GET /many.txt', headers: { 'Accept-Encoding': 'gzip' } }, 'GET /one'],
  },
  {
    ...sed(['s/hello/bye/']),
    name: 'By the type',
    config: `<Location />\nAddOutputFilterByType Sed text/plain\nOutputSed s/x/y/g\n</Location>\n${withoutValidators}`,
    requests: ['GET /a.txt', 'GET /one', 'GET /missing'],
  },
  inputSed(
    ['s/a/b/g'],
    [post('banana\n'), post('banana\nananas\n'), post(''), post('\n'), post('banana\n'.repeat(2_000))],
  ),
  inputSed(['1d'], [post('one\ntwo\n'), post('one\n')]),
  inputSed(['N', 's/\\n/ /'], [post('one\ntwo\n')]),
  ...[
    'k',
    's/a',
    's/a/b',
    's/a/b/x',
    '1,2=',
    '1,2q',
    's/\\(a/b/',
    's/a\\)/b/',
    's/a/\\1/',
    's/[a/b/',
    '1:a',
    'y/ab/c/',
  ].map(refused),
  {
    name: 'The script of a server',
    plugin: 'sed',
    modules: ['sed'],
    config: 'OutputSed s/a/b/',
    refused: true,
    requests: [],
  },
];
