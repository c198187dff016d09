import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'text\n',
  'htdocs/b/c.gif': 'image',
  'htdocs/error.txt': 'error\n',
  'htdocs/in/a.txt': 'in\n',
};

const sent: ComparisonRequest = {
  request: 'GET /b/c.gif?query=1',
  headers: {
    'User-Agent': 'Mozilla/5.0 (X11) curl/8.1',
    Referer: 'http://a.test/page',
    'X-Empty': '',
    'X-Two': ['one', 'two'],
    'Accept-Language': 'de, en',
  },
};

/** What is written into V by each line is shown by the answer. */
const rules = [
  'SetEnvIf Request_URI \\.gif$ V',
  'SetEnvIf Request_URI \\.GIF$ V',
  'SetEnvIfNoCase Request_URI \\.GIF$ V=$0',
  'SetEnvIf request_uri ^/(b)/(c) V=$2$1',
  'SetEnvIf Request_URI query V',
  'SetEnvIf Request_Method ^GET$ V',
  'SetEnvIf Request_Protocol HTTP/1\\.1 V=$0',
  'SetEnvIf Remote_Addr ^127\\.0\\.0\\.1$ V',
  'SetEnvIf Remote_Host ^127\\.0\\.0\\.1$ V',
  'SetEnvIf Server_Addr ^127 V',
  'SetEnvIf Server_Port . V',
  'SetEnvIf Referer a\\.test V',
  'SetEnvIf referer a\\.test V',
  'SetEnvIf Referer A\\.TEST V',
  'SetEnvIfNoCase Referer A\\.TEST V',
  'SetEnvIf X-Absent ^$ V=absent',
  'SetEnvIf X-Empty ^$ V=empty',
  'SetEnvIf X-Two "one, two" V',
  'SetEnvIf ^X-T one V',
  'SetEnvIf ^x-t one V',
  'SetEnvIfNoCase ^x-t ONE V',
  'SetEnvIf "^(Referer|User-Agent)$" Mozilla V',
  'SetEnvIf "^User.*" (curl/[0-9]+) V=$1',
  'BrowserMatch curl V=$0',
  'BrowserMatch CURL V',
  'BrowserMatchNoCase CURL V=$0',
  'BrowserMatch ^Mozilla V !W',
  'SetEnvIfExpr "%{REQUEST_METHOD} == \'GET\'" V',
  'SetEnvIfExpr "%{REQUEST_URI} =~ m#/(\\w)\\.gif#" V=$1',
  'SetEnvIfExpr "%{HTTP_USER_AGENT} =~ /curl/ && -R \'127.0.0.0/8\'" V=here',
  'SetEnvIfExpr false V',
  'SetEnvIf Host . A=1 B=2 V=three',
  'SetEnvIf Host . V=one V=two',
  'SetEnvIf Host . V=a=b',
  'SetEnvIf Host . V=',
  'SetEnvIf Host . "V=with blank"',
  'SetEnvIf Host . V !V',
  'SetEnvIf Host . !V V',
  'SetEnvIf Host . V=a\nSetEnvIf V a V=b\nSetEnvIf V b W=c\nSetEnvIf W c V=$0$0',
  'SetEnvIf Host . V\nSetEnvIf Host . !V',
  'SetEnvIf Host . v=lower',
  'SetEnvIf Host (l)(o)(c)(a)(l)(h)(o)(s)(t) V=$9$8$7$6$5$4$3$2$1',
  'SetEnvIf Host . V=$1\\$1',
  'SetEnvIf User-Agent "\\(X11\\)" V=$0',
  'SetEnvIf Accept-Language ^(..) V=$1',
  'SetEnvIf Host (?i)LOCAL V=$0',
];

/** The rows of docs/differences.md for rules that mean more here. */
const differing: ReadonlyMap<string, string> = new Map([
  ['SetEnvIf Request_Protocol HTTP/1\\.1 V=$0', '`$0` in SetEnvIf and BrowserMatch'],
  ['BrowserMatch curl V=$0', '`$0` in SetEnvIf and BrowserMatch'],
  ['BrowserMatchNoCase CURL V=$0', '`$0` in SetEnvIf and BrowserMatch'],
  ['SetEnvIf User-Agent "\\(X11\\)" V=$0', '`$0` in SetEnvIf and BrowserMatch'],
  [
    'SetEnvIf Host . V=a\nSetEnvIf V a V=b\nSetEnvIf V b W=c\nSetEnvIf W c V=$0$0',
    'SetEnvIf on a variable that the line before has changed',
  ],
]);

function withRow(rule: string): ComparisonRequest {
  const differs = differing.get(rule);
  return differs === undefined ? sent : { ...sent, differs };
}

const badLines = [
  'SetEnvIf',
  'SetEnvIf Host',
  'SetEnvIf Host .',
  'SetEnvIf Host ( V',
  'SetEnvIfNoCase Host [ V',
  'SetEnvIfExpr',
  'SetEnvIfExpr true',
  'SetEnvIfExpr "%{" V',
  'BrowserMatch',
  'BrowserMatch x',
  'BrowserMatchNoCase * V',
];

const show = 'Header always set X-V "<%{V}e>"\nHeader always set X-W "<%{W}e>"';

export const cases: readonly ComparisonCase[] = [
  ...rules.map((rule): ComparisonCase => ({
    name: rule.replaceAll('\n', ', '),
    plugin: 'setenvif',
    config: `${rule}\n${show}`,
    files,
    requests: [withRow(rule)],
  })),
  ...badLines.map((line): ComparisonCase => ({
    name: `${line} is refused`,
    plugin: 'setenvif',
    config: line,
    refused: true,
    requests: [],
  })),
  {
    name: 'Lines of the server come before those of sections',
    plugin: 'setenvif',
    config: `<Location />
  SetEnvIf V server V=location
  SetEnvIf Host . W=$0
</Location>
<Directory @ROOT@/htdocs/in>
  SetEnvIf V . V=directory
</Directory>
SetEnvIf Host . V=server
${show}`,
    files: { ...files, 'htdocs/here/a.txt': 'a', 'htdocs/here/.htaccess': 'SetEnvIf V (.*) W=htaccess-$1\n' },
    requests: ['GET /a.txt', 'GET /in/a.txt', 'GET /here/a.txt', 'GET /missing'],
  },
  {
    name: 'An error document starts anew, with what was set before behind REDIRECT_',
    plugin: 'setenvif',
    config: `ErrorDocument 404 /error.txt
SetEnvIf Request_URI missing V=missing
SetEnvIf Request_URI error W=error
Header always set X-R "<%{REDIRECT_V}e>"
${show}`,
    files,
    requests: ['GET /missing', 'GET /error.txt'],
  },
  {
    name: 'Access by variables',
    plugin: 'setenvif',
    config: `BrowserMatch Bad bad_robot
SetEnvIf Referer "^http://localhost" from_here
<Location /in>
  <RequireAll>
    Require env from_here
    Require not env bad_robot
  </RequireAll>
</Location>`,
    files,
    requests: [
      'GET /in/a.txt',
      { request: 'GET /in/a.txt', headers: { Referer: 'http://localhost/x' } },
      { request: 'GET /in/a.txt', headers: { Referer: 'http://localhost/x', 'User-Agent': 'Bad' } },
      { request: 'GET /in/a.txt', headers: { Referer: 'https://localhost/x' } },
    ],
  },
  {
    name: 'Special variables that show in the headers',
    plugin: 'setenvif',
    config: `Header set Vary Cookie
SetEnvIf Request_URI no-vary force-no-vary
SetEnvIf Request_URI no-etag no-etag
SetEnvIf Request_URI gone nokeepalive
SetEnvIf Request_URI slow downgrade-1.0 force-response-1.0
SetEnvIf Request_Method DELETE redirect-carefully
AliasMatch ^/x @ROOT@/htdocs/a.txt`,
    files,
    requests: [
      'GET /x-no-vary',
      'GET /missing-no-vary',
      'GET /x-no-etag',
      'GET /x-gone',
      'GET /x-slow',
      'GET /x-slow HTTP/1.0',
      'GET /a.txt',
    ],
  },
];
