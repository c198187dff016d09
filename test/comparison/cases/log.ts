import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'text\n',
  'htdocs/b.html': '<p>b</p>\n',
  'htdocs/empty.txt': '',
  'htdocs/error.txt': 'error\n',
  'htdocs/folder/index.html': 'index\n',
  'htdocs/private/a.txt': 'secret\n',
  users: 'me:$apr1$2Y8OuHzl$UjfuJFfmleuKohHY6uHFj.\n',
};

const quiet = 'SetEnvIf Request_URI ^/(log\\.txt|quiet)$ quiet';
/** The tag, dates and length of the log itself, and what depends on the clock. */
const random = [
  /(?:W\/)?"[0-9a-f]+-[0-9a-f]+"/,
  /\w{3}, \d{2} \w{3} 20\d{2} [\d:]{8} GMT/,
  /(?<=~)\d+(?=~)/,
  /\[\d{2}\/\w{3}\/\d{4}:[\d:]{8} [+-]\d{4}\]/,
];

const usual: readonly ComparisonRequest[] = [
  {
    request: 'GET /a.txt',
    headers: { Referer: 'http://b.test/"quoted"', 'User-Agent': 'mine\\1', Cookie: 'sid=3; b=4' },
  },
  { request: 'GET /a.txt?x=1&y=%22', headers: { 'X-Forwarded-For': '192.0.2.7', 'User-Agent': 'tab\there' } },
  { request: 'HEAD /b.html' },
  { request: 'GET /missing%20file' },
  { request: 'GET /folder/' },
  { request: 'GET /empty.txt HTTP/1.0', headers: { 'X-Forwarded-For': '192.0.2.7' } },
  { request: 'GET /a.txt', headers: { Range: 'bytes=1-2' } },
  { request: 'GET /a.txt', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
];

/** The connection's end tells that the line has been written. */
function closing(requests: readonly ComparisonRequest[]): ComparisonRequest[] {
  return requests.map(({ headers, ...rest }) => ({ ...rest, headers: { ...headers, Connection: 'close' } }));
}

/** One format in one log, which stands in the DocumentRoot and is fetched last; what it says about the usual requests. */
function logged(
  format: string,
  more: {
    readonly config?: string;
    readonly modules?: readonly string[];
    readonly requests?: readonly ComparisonRequest[];
  } = {},
): ComparisonCase {
  const { config = '', modules, requests = usual } = more;
  return {
    name: `The format ${format}${config === '' ? '' : `, with ${config.replaceAll('\n', ', ')}`}`,
    plugin: 'log_config',
    ...(modules === undefined ? {} : { modules }),
    random,
    config: `${quiet}\n${config}\nCustomLog @ROOT@/htdocs/log.txt "${format}" env=!quiet`,
    files,
    requests: [...closing(requests), 'GET /log.txt'],
  };
}

function refused(line: string): ComparisonCase {
  const modules = ['log_debug', 'log_forensic'];
  return { name: `${line} is refused`, plugin: 'log_config', modules, config: line, refused: true, requests: [] };
}

const errorDocument = 'ErrorDocument 404 /error.txt';
const marked =
  'SetEnvIf Request_URI a.txt MARK=blue\nHeader always set X-Answer yes\nHeader add Set-Cookie a=1\nHeader add Set-Cookie b=2';

/** Lines of LogMessage, and what they write. */
const watched = [
  'LogMessage "%{REQUEST_METHOD} %{REQUEST_URI} %{REQUEST_STATUS}"',
  'LogMessage fixed hook=fixups',
  'LogMessage "typed %{HANDLER}" hook=type_checker',
  'LogMessage "before %{CONTENT_TYPE}" hook=handler',
  'LogMessage inserted hook=insert_filter "expr=%{QUERY_STRING} == \'x\'"',
  'LogMessage only "expr=%{REQUEST_STATUS} == 404"',
  'LogMessage one hook=check_access\nLogMessage two hook=fixups\nLogMessage three',
  'LogMessage translated hook=translate_name',
];

export const cases: readonly ComparisonCase[] = [
  logged('%h %l %u %t \\"%r\\" %>s %b', { config: errorDocument }),
  logged('%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"', { config: errorDocument }),
  logged('%% %a %{c}a %A %B %b', { config: errorDocument }),
  logged('%{sid}C|%{SID}C|%{b}C|%{none}C'),
  logged('%{MARK}e|%{X-Answer}o|%{Set-Cookie}o|%{content-type}o|%{none}o', { config: marked }),
  logged('%H %m %q|%U|%U%q'),
  logged('%{User-Agent}i|%{X-Forwarded-For}i|%{none}i|%{Connection}i'),
  logged('%k %X'),
  logged('%p|%{canonical}p|%v|%V', { config: 'ServerName named.test:8081' }),
  logged('%V|%v', { config: 'UseCanonicalName Off\nServerName named.test:8081' }),
  logged('%s %>s %<s|%r|%>r|%U|%<U|%>U|%>m', { config: errorDocument }),
  logged('%200s|%!200s|%404,206{Range}i|%!304,404{User-Agent}i|%200,304B'),
  logged('%!404!206s|%404,!206s'),
  logged('%I|~%O~|~%S~|~%D~|~%T~|~%{ms}T~|~%{us}T~|~%{s}T~'),
  logged('~%^FB~', { config: 'LogIOTrackTTFB On', requests: usual.slice(0, 3) }),
  logged('%^FB'),
  logged('~%P~|~%{pid}P~|%R|%f', { requests: usual.slice(0, 1) }),
  logged('%{%Y}t|~%{sec}t~|~%{msec}t~|~%{usec}t~|~%{msec_frac}t~|~%{usec_frac}t~', { requests: usual.slice(0, 2) }),
  logged('%{begin:%Y}t|%{end:%Y}t|~%{end:sec}t~|~%{begin:msec}t~|%{%%}t', { requests: usual.slice(0, 2) }),
  logged('a\\tb\\\\c %{none}n|%{note}n', {
    config: 'Header set X-Note noted\nHeader note X-Note note',
    requests: usual.slice(0, 2),
  }),
  logged('%u|%>s', {
    config: `<Location /private>
  AuthType Basic
  AuthName Staff
  AuthUserFile @ROOT@/users
  Require valid-user
</Location>`,
    requests: [
      { request: 'GET /private/a.txt', differs: 'the Basic challenge' },
      {
        request: 'GET /private/a.txt',
        headers: { Authorization: `Basic ${Buffer.from('me:secret').toString('base64')}` },
      },
      { request: 'GET /a.txt' },
    ],
  }),
  logged('%{UNIQUE}e|%{X-T}^ti|%{X-T}^to', { requests: usual.slice(0, 1) }),
  logged('%a|%h|%{c}h|%{remote}p', { config: 'SetEnvIf Host . x', requests: [] }),
  {
    name: 'Nicknames, conditions and several logs',
    plugin: 'log_config',
    random,
    config: `${quiet}
LogFormat "%m %U" short
LogFormat "%>s"
LogFormat "%U of %v" short
SetEnvIf Request_Method HEAD head
CustomLog @ROOT@/htdocs/one.txt short env=!quiet
CustomLog @ROOT@/htdocs/two.txt short env=head
CustomLog @ROOT@/htdocs/three.txt "expr %U" "expr=%{REQUEST_STATUS} >= 400"
CustomLog @ROOT@/htdocs/four.txt short "expr=reqenv('quiet') != '1' && %{REQUEST_METHOD} == 'GET'"
TransferLog @ROOT@/htdocs/five.txt`,
    files,
    requests: [...closing(usual), 'GET /one.txt', 'GET /two.txt', 'GET /three.txt', 'GET /four.txt'],
  },
  {
    name: 'The logs of virtual hosts, and the one for all',
    plugin: 'log_config',
    random,
    config: `${quiet}
CustomLog @ROOT@/htdocs/main.txt "main %v %U" env=!quiet
GlobalLog @ROOT@/htdocs/all.txt "all %v %U" env=!quiet
<VirtualHost *:@PORT@>
  ServerName localhost
  DocumentRoot @ROOT@/htdocs
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName own.test
  DocumentRoot @ROOT@/htdocs
  CustomLog @ROOT@/htdocs/own.txt "own %v %V %U" env=!quiet
</VirtualHost>`,
    files,
    requests: [
      ...closing([
        { request: 'GET /a.txt' },
        { request: 'GET /b.html', headers: { Host: 'own.test' } },
        { request: 'GET /b.html', headers: { Host: 'OWN.test:99' } },
      ]),
      'GET /main.txt',
      'GET /all.txt',
      'GET /own.txt',
    ],
  },
  ...watched.map((lines): ComparisonCase => ({
    name: lines.replaceAll('\n', ', '),
    plugin: 'log_debug',
    modules: ['log_debug'],
    random,
    config: `<VirtualHost *:@PORT@>
  ServerName localhost
  DocumentRoot @ROOT@/htdocs
  ErrorLog @ROOT@/htdocs/log.txt
  ErrorLogFormat "%-m %l %M"
  LogLevel warn log_debug:info
  <LocationMatch "^/(?!quiet|log)">
    ${lines.replaceAll('\n', '\n    ')}
  </LocationMatch>
</VirtualHost>`,
    files,
    requests: [
      ...closing([{ request: 'GET /a.txt?x' }, { request: 'HEAD /b.html' }, { request: 'GET /missing' }]),
      'GET /log.txt',
    ],
  })),
  ...[
    'LogMessage',
    'LogMessage a hook=nowhere',
    'LogMessage a b',
    'LogMessage a hook=fixups expr=true more',
    'LogMessage "%{"',
    'LogMessage a expr=(',
    'LogIOTrackTTFB Perhaps',
    'ForensicLog',
    'LogFormat',
    'LogFormat "%Z" x',
    'LogFormat "%{x" x',
    'LogFormat "%>" x',
    'LogFormat "%^XX" x',
    'LogFormat a b c',
    'CustomLog logs/x.log',
    'CustomLog',
    'CustomLog logs/x.log "%h" env',
    'CustomLog logs/x.log "%h" when=x',
    'CustomLog logs/x.log "%h" expr=(',
    'CustomLog logs/x.log "%h" env=a extra',
    'CustomLog nowhere/at/all.log "%h"',
    'TransferLog',
    'BufferedLogs Perhaps',
    '<Location />\nCustomLog logs/x.log "%h"\n</Location>',
  ].map((line) => refused(line)),
];
