import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world\nsecond line\n',
  'htdocs/a.html': '<p>hello</p>\n',
  'htdocs/many.txt': 'hello world, this is a line\n'.repeat(20_000),
  'htdocs/empty.txt': '',
  'htdocs/plain': 'no type\n',
};

const modules = ['ext_filter', 'reflector', 'substitute', 'deflate', 'setenvif', 'filter'];
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';
const stale = 'the head of a body that SUBSTITUTE and its kin have changed';

/** A filter NAME, at work everywhere unless `lines` say otherwise. */
function external(
  name: string,
  definition: string,
  requests: ComparisonCase['requests'] = ['GET /a.txt', 'GET /many.txt'],
  lines = 'SetOutputFilter NAME',
): ComparisonCase {
  return {
    name,
    plugin: 'ext_filter',
    modules,
    config: `ExtFilterDefine NAME ${definition}\n${withoutValidators}<Location />\n${lines}\n</Location>`,
    files,
    requests,
  };
}

function refused(line: string): ComparisonCase {
  return { name: `A bad line: ${line}`, plugin: 'ext_filter', modules, config: line, refused: true, requests: [] };
}

const mirror = 'SetHandler reflector\nSetInputFilter NAME\nSetOutputFilter SUBSTITUTE';
const post = (body: string, type = 'text/plain'): ComparisonRequest => ({
  request: 'POST /mirror',
  headers: { 'Content-Type': type },
  body,
});
const upper = 'cmd="/usr/bin/tr a-z A-Z"';
const everything = ['GET /a.txt', 'GET /a.html', 'GET /many.txt', 'GET /empty.txt', 'GET /plain', 'GET /missing'];

export const cases: readonly ComparisonCase[] = [
  external('Every body', upper, everything),
  external('A program by its name alone', 'cmd=/bin/cat', everything),
  external('The length is kept', `PreservesContentLength ${upper}`, everything),
  external('HEAD', `PreservesContentLength ${upper}`, ['HEAD /a.txt', 'HEAD /many.txt']),
  {
    ...external('The head', upper, [{ request: 'GET /a.txt', differs: stale }]),
    config: `ExtFilterDefine NAME ${upper}\nSetOutputFilter NAME`,
  },
  external('One type', `intype=text/html ${upper}`, everything),
  external('One type in capitals', `intype=TEXT/HTML ${upper}`, ['GET /a.txt', 'GET /a.html']),
  external('Another type', `outtype=text/x-shout ${upper}`, ['GET /a.txt', 'GET /a.html', 'GET /plain']),
  external('From type to type', `intype=text/plain outtype=text/html ${upper}`, everything),
  external('Spelled in other letters', `MODE=Output InType=text/plain CMD="/usr/bin/tr a-z A-Z"`),
  external('Words in quotes', `cmd="/bin/sed 's/hello world/bye/'"`, ['GET /a.txt']),
  external('A backslash', `cmd="/bin/sed s/hello\\ world/bye/"`, ['GET /a.txt']),
  external('A program that adds', `cmd="/bin/sed G"`),
  external('A program that drops', `cmd="/bin/sed d"`),
  external('A program that reads the beginning only', `cmd="/usr/bin/head -c 5"`, ['GET /a.txt']),
  external('A program that sorts', 'cmd="/usr/bin/sort -r"', ['GET /a.txt']),
  external('A program that finds nothing', 'cmd="/bin/grep nothing"', ['GET /a.txt']),
  external('A program that fails', 'cmd="/bin/sh -c \'cat; exit 3\'"', ['GET /a.txt']),
  external('A program that is not there', 'cmd="/nowhere/program"', ['GET /a.txt', 'GET /missing']),
  external(
    'A program that is not there, and can be missed',
    'cmd="/nowhere/program"',
    everything,
    'SetOutputFilter NAME\nExtFilterOptions Onfail=remove',
  ),
  external(
    'A program that is not there, and must not be missed',
    'cmd="/nowhere/program"',
    ['GET /a.txt'],
    'SetOutputFilter NAME\nExtFilterOptions Onfail=remove\nExtFilterOptions Onfail=abort',
  ),
  external(
    'Variables',
    'cmd="/bin/sh -c \'cat >/dev/null; echo $REQUEST_METHOD $QUERY_STRING $DOCUMENT_URI $SERVER_PROTOCOL $SCRIPT_NAME $HTTP_X_OWN $GATEWAY_INTERFACE $REQUEST_URI $DOCUMENT_PATH_INFO. $QUERY_STRING_UNESCAPED\'"',
    ['GET /a.txt', 'GET /a.txt?a=b', { request: 'GET /a.html?x;y', headers: { 'X-Own': 'mine' } }],
  ),
  external(
    'Variables of the config',
    'cmd="/bin/sh -c \'cat >/dev/null; echo $OWN\'"',
    ['GET /a.txt'],
    'SetOutputFilter NAME\nSetEnvIf Request_URI . OWN=mine',
  ),
  external(
    'Where a variable is set',
    `enableenv=wanted ${upper}`,
    ['GET /a.txt', 'GET /a.html'],
    'SetOutputFilter NAME\nSetEnvIf Request_URI html wanted',
  ),
  external(
    'Where a variable is not set',
    `disableenv=unwanted ${upper}`,
    ['GET /a.txt', 'GET /a.html'],
    'SetOutputFilter NAME\nSetEnvIf Request_URI html unwanted',
  ),
  external('By the extension', upper, everything, 'AddOutputFilter NAME .html'),
  external(
    'By the type',
    upper,
    ['GET /a.txt', { request: 'GET /a.html', differs: 'AddOutputFilterByType with a filter of ExtFilterDefine' }],
    'AddOutputFilterByType NAME text/html',
  ),
  external('Twice', 'cmd="/bin/sed s/$/!/"', ['GET /a.txt'], 'SetOutputFilter NAME;NAME'),
  external('Before a substitution', upper, ['GET /a.txt'], 'SetOutputFilter NAME;SUBSTITUTE\nSubstitute s/HELLO/BYE/'),
  external('Behind a substitution', upper, ['GET /a.txt'], 'SetOutputFilter SUBSTITUTE;NAME\nSubstitute s/hello/bye/'),
  external(
    'Compressed behind it',
    upper,
    [{ request: 'GET /many.txt', headers: { 'Accept-Encoding': 'gzip' } }],
    'SetOutputFilter NAME;DEFLATE',
  ),
  external(
    'Placed by its number',
    `ftype=21 cmd="/bin/sed s/hello/bye/"`,
    ['GET /a.txt'],
    'SetOutputFilter NAME;SUBSTITUTE\nSubstitute s/bye/ciao/',
  ),
  external('Conditions', upper, [
    { request: 'GET /a.txt', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
    { request: 'GET /a.txt', headers: { 'If-Match': '"nothing"' } },
  ]),
  external(
    'Errors',
    upper,
    ['GET /missing', { request: 'POST /a.txt', body: 'x' }, 'DELETE /a.txt'].slice(0, 1),
    'SetOutputFilter NAME\nErrorDocument 404 /a.txt',
  ),
  external(
    'Request bodies',
    `mode=input ${upper}`,
    [post('hello\n'), post(''), post('hello world\n'.repeat(20_000)), post('hello', 'text/html')],
    mirror,
  ),
  external(
    'Request bodies of one type',
    `mode=input intype=text/html ${upper}`,
    [post('hello\n'), post('hello', 'text/html'), post('hello', 'text/html; charset=utf-8')],
    mirror,
  ),
  external(
    'A program for request bodies that is not there',
    'mode=input cmd=/nowhere/program',
    [{ ...post('hello\n'), differs: 'a program for request bodies that cannot be started' }],
    mirror,
  ),
  external(
    'One that can be missed',
    'mode=input cmd=/nowhere/program',
    [post('hello\n')],
    `${mirror}\nExtFilterOptions Onfail=remove`,
  ),
  external('Request bodies become longer', 'mode=input cmd="/bin/sed p"', [post('hello\n')], mirror),
  ...[
    'ExtFilterDefine NAME mode=sideways cmd=/bin/cat',
    'ExtFilterDefine NAME nonsense cmd=/bin/cat',
    'ExtFilterDefine NAME nonsense=1 cmd=/bin/cat',
    'ExtFilterDefine NAME PreservesContentLengths cmd=/bin/cat',
    'ExtFilterDefine NAME cmd="',
    'ExtFilterDefine NAME cmd=/bin/cat\nExtFilterDefine name cmd=/bin/cat',
    '<Location />\nExtFilterOptions Sometimes\n</Location>',
    '<Location />\nExtFilterOptions\n</Location>',
    '<Location />\nExtFilterDefine NAME cmd=/bin/cat\n</Location>',
    'ExtFilterOptions LogStderr',
  ].map(refused),
];
