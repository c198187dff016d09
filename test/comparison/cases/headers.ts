import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'text\n',
  'htdocs/b.html': '<p>b</p>\n',
  'htdocs/none': 'untyped',
  'htdocs/error.txt': 'error\n',
};

/** What one request to /a.txt shows of some lines. */
function lines(name: string, config: string, request: string | ComparisonRequest = 'GET /a.txt'): ComparisonCase {
  return { name, plugin: 'headers', config, files, requests: [request] };
}

function refused(line: string): ComparisonCase {
  return { name: `${line} is refused`, plugin: 'headers', config: line, refused: true, requests: [] };
}

/** Each starts from two fields. */
const base = 'Header add X-A one\nHeader add X-A "two, three"\n';

const actions = [
  'Header set X-A new',
  'Header set x-a new',
  'Header append X-A four',
  'Header append X-B four',
  'Header add X-A four',
  'Header add X-B "with blanks  inside"',
  'Header merge X-A one',
  'Header merge X-A two',
  'Header merge X-A three',
  'Header merge X-A Two',
  'Header merge X-B new',
  'Header setifempty X-A new',
  'Header setifempty X-B new',
  'Header unset X-A',
  'Header unset X-B',
  'Header edit X-A o 0',
  'Header edit X-A "^(.)(.*)$" "$2$1"',
  'Header edit X-A "e" ""',
  'Header edit X-B ".*" new',
  'Header edit* X-A [aeiou] <$0>',
  'Header edit* X-A "(t)(.)" "$2$1$3"',
  'Header edit X-A (?i)ONE found',
  'Header edit X-A "t" "\\\\$1"',
  'Header edit X-A "^" "<"',
  'Header note X-A kept\nHeader set X-Note expr=%{note:kept}',
  'Header note X-B kept\nHeader set X-Note expr=<%{note:kept}>',
  'Header always set X-A always',
  'Header always append X-A always',
  'Header always unset X-A',
  'Header always edit X-A o 0',
  'Header always merge X-A one',
  'Header always setifempty X-A always',
  'Header onsuccess set X-A success',
  'Header ALWAYS SET X-B always',
  'Header set X-A: colon',
  'Header set X-A ""',
  'Header set X-A',
].filter((line) => line !== 'Header set X-A' && line !== 'Header set X-A ""');

const values = [
  '100%%',
  '%%%%',
  '%{HOST_KIND}e',
  '%{ABSENT}e',
  'a%{HOST_KIND}eb%{ABSENT}ec',
  '%{HTTPS}s',
  'expr=%{REQUEST_METHOD} of %{REQUEST_URI}',
  'expr=%{req:User-Agent}!',
  'expr=%{tolower:%{REQUEST_METHOD}}',
  'expr=plain text',
  'expr=%{resp:Content-Type}',
  'expr=%{env:HOST_KIND} %{reqenv:HOST_KIND}',
  'tab\\\\there',
  'quote\\"d',
  'ümläut',
];

const conditions = [
  'env=HOST_KIND',
  'env=!HOST_KIND',
  'env=ABSENT',
  'env=!ABSENT',
  'env=EMPTY',
  '"expr=%{REQUEST_METHOD} == \'GET\'"',
  '"expr=%{REQUEST_METHOD} == \'PUT\'"',
  '"expr=%{REQUEST_STATUS} == 200"',
  '"expr=%{CONTENT_TYPE} =~ m#^text/#"',
  '"expr=-z %{req:X-Absent}"',
  "\"expr=reqenv('HOST_KIND') in { 'local', 'other' }\"",
];

const badLines = [
  'Header',
  'Header set',
  'Header set X-A',
  'Header replace X-A a',
  'Header unset X-A a b',
  'Header edit X-A a',
  'Header edit X-A ( b',
  'Header set X-A %{HOME}',
  'Header set X-A %q',
  'Header set X-A %{A}z',
  'Header set X-A a sometimes',
  'Header set X-A a env=',
  'Header set X-A a expr=)',
  'Header set X-A expr=%{nonsense:',
  'Header echo (',
  'Header sometimes set X-A a',
  'Header set X-A a env=A extra',
];

export const cases: readonly ComparisonCase[] = [
  ...actions.map((line) => lines(`Two fields, then ${line.replaceAll('\n', ', ')}`, base + line)),
  ...values.map((value) =>
    lines(`The value ${value}`, `SetEnvIf Host . HOST_KIND=local\nHeader set X-V "${value}"`, {
      request: 'GET /a.txt',
      headers: { 'User-Agent': 'mine' },
    }),
  ),
  ...conditions.map((condition) =>
    lines(`A header where ${condition}`, `SetEnvIf Host . HOST_KIND=local EMPTY=\nHeader set X-C yes ${condition}`),
  ),
  {
    name: 'Times and loads',
    plugin: 'headers',
    random: [/\d+(?:\.\d+)?/],
    config: `Header set X-Time "%t and %D"
Header set X-Load "%l"
Header set X-Idle "%i"
Header set X-Busy "%b"`,
    files: { 'htdocs/a': '' },
    requests: ['GET /a'],
  },
  {
    name: 'Conditions that read what the answer says',
    plugin: 'headers',
    config: `Header set X-A one
Header set X-Seen yes "expr=%{resp:X-A} == 'one'"
Header set X-Type yes "expr=%{resp:Content-Type} =~ /html/"
Header always set X-Error yes "expr=%{REQUEST_STATUS} -ge 400"
Header always set X-Fine yes "expr=%{REQUEST_STATUS} -lt 400"
Header unset X-A "expr=%{REQUEST_URI} == '/b.html'"`,
    files,
    requests: ['GET /a.txt', 'GET /b.html', 'GET /missing', 'HEAD /b.html'],
  },
  {
    name: 'Limit and If around lines of headers',
    plugin: 'headers',
    config: `<Location />
  <If "%{REQUEST_METHOD} == 'HEAD'">
    Header set X-Head yes
  </If>
  <ElseIf "%{QUERY_STRING} == 'q'">
    Header set X-Query yes
    RequestHeader set X-In query
  </ElseIf>
  <Else>
    Header set X-Else yes
  </Else>
  Header set X-In "expr=%{req:X-In}"
</Location>`,
    files,
    requests: ['GET /a.txt', 'HEAD /a.txt', 'GET /a.txt?q', 'GET /missing?q'],
  },
  {
    name: 'Values with what a client sent cannot start another header',
    plugin: 'headers',
    config: `SetEnvIf X-In (.*) SEEN=$1
Header set X-Out "%{SEEN}e"
Header set X-Expr "expr=<%{req:X-In}>"`,
    files,
    requests: [
      { request: 'GET /a.txt', headers: { 'X-In': 'a\tb' } },
      { request: 'GET /a.txt', headers: { 'X-In': 'a\\r\\nX-Forged: yes' } },
      { request: 'GET /a.txt', headers: { 'X-In': '%{HOME}e %%' } },
      { request: 'GET /a.txt?%0d%0aX-Forged:%20yes', headers: { 'X-In': 'é' } },
    ],
  },
  ...badLines.map((line) => refused(line)),
  {
    name: 'Always and onsuccess on answers, redirects and errors',
    plugin: 'headers',
    config: `Header set X-Success 1
Header always set X-Always 2
Header onsuccess set X-Both success
Header always set X-Both always
Redirect 302 /old http://elsewhere.test/
Redirect 410 /gone
ErrorDocument 403 /error.txt
<Location /closed>
  Require all denied
</Location>`,
    files,
    requests: [
      'GET /a.txt',
      'HEAD /a.txt',
      'GET /missing',
      'GET /old',
      'GET /gone',
      'GET /closed',
      { request: 'GET /a.txt', headers: { Range: 'bytes=0-1' } },
      { request: 'GET /a.txt', headers: { 'If-None-Match': '*' } },
    ],
  },
  {
    name: 'Sections from the outside to the inside',
    plugin: 'headers',
    config: `Header append X-Where server
<Location />
  Header append X-Where location
</Location>
<Files a.txt>
  Header append X-Where files
</Files>
<Directory @ROOT@/htdocs>
  Header append X-Where directory
</Directory>
<If "%{REQUEST_URI} == '/b.html'">
  Header append X-Where if
</If>`,
    files: { ...files, 'htdocs/.htaccess': 'Header append X-Where htaccess\n' },
    requests: ['GET /a.txt', 'GET /b.html', 'GET /missing'],
  },
  {
    name: 'The content headers',
    plugin: 'headers',
    config: `AddLanguage de .de
AddEncoding x-gzip .gz
<Files a.txt>
  Header set Content-Type text/fancy
</Files>
<Files b.html>
  Header edit Content-Type html fancy
  Header unset ETag
  Header unset Last-Modified
</Files>
<Files d.txt>
  Header unset Content-Type
</Files>`,
    files: { ...files, 'htdocs/c.txt.de.gz': 'packed', 'htdocs/d.txt': 'd' },
    requests: ['GET /a.txt', 'GET /b.html', 'GET /c.txt.de.gz', 'GET /d.txt'],
  },
  {
    name: 'Request headers are sent back',
    plugin: 'headers',
    config: 'Header echo ^X-E',
    files,
    requests: [
      {
        request: 'GET /a.txt',
        headers: { 'X-Echo': 'hear', 'x-each': 'other', 'Y-X-E': 'no' },
        differs: 'Header echo',
      },
      { request: 'GET /a.txt', headers: { 'X-Echo': ['one', 'two'] } },
      'GET /a.txt',
    ],
  },
  {
    name: 'Early headers',
    plugin: 'headers',
    config: `Header set X-Early first early
Header append X-Early late
RequestHeader set X-In early early
Header set X-Seen expr=%{req:X-In}`,
    files,
    requests: ['GET /a.txt', 'GET /missing', { request: 'GET /a.txt', headers: { 'X-In': 'client' } }],
  },
  {
    name: 'Cookies are edited one by one',
    plugin: 'headers',
    config: `Header add Set-Cookie a=1
Header add Set-Cookie b=2
Header edit Set-Cookie ^(.*)$ "$1; Secure"
Header edit* Set-Cookie = ":"`,
    files,
    requests: ['GET /a.txt'],
  },
  {
    name: 'Only some methods, and only those that AllowOverride permits',
    plugin: 'headers',
    config: `<Directory @ROOT@/htdocs/no>
  AllowOverride Indexes
</Directory>`,
    files: {
      ...files,
      'htdocs/no/.htaccess': 'Header set X-A a\n',
      'htdocs/no/a.txt': 'a',
      'htdocs/yes/.htaccess': 'Header set X-A a\nHeader set X-B %{\n',
      'htdocs/yes/a.txt': 'a',
    },
    requests: ['GET /no/a.txt', 'GET /yes/a.txt'],
  },
];
