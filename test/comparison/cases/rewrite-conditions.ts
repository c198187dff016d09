import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'a\n',
  'htdocs/b.txt': 'b\n',
  'htdocs/empty.txt': '',
  'htdocs/sub/c.txt': 'c\n',
  'htdocs/secret/s.txt': 'secret\n',
  'htdocs/secret/.htaccess': 'Require all denied\n',
};

function rules(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'rewrite', modules: ['rewrite'], files, config: `RewriteEngine On\n${config}`, requests };
}

/** `RewriteCond` lines, each with the path whose answer tells whether they hold. */
function conditions(
  name: string,
  lines: readonly (readonly [path: string, ...lines: string[]])[],
  more: ComparisonCase['requests'] = [],
): ComparisonCase {
  const config = lines.map(
    ([path, ...own]) => `${own.map((line) => `RewriteCond ${line}`).join('\n')}\nRewriteRule ^${path}$ /b.txt [L]`,
  );
  return rules(name, config.join('\n'), [...lines.map(([path]) => `GET ${path}?query=1`), ...more]);
}

/** The value of each variable as a redirect's query. */
function values(name: string, variables: readonly string[], more: ComparisonCase['requests'] = []): ComparisonCase {
  const config = variables.map((variable, index) => `RewriteRule ^/v${index}(/.*)?$ /x?[${variable}] [R,NE,L]`);
  return rules(name, config.join('\n'), [...variables.map((_, index) => `GET /v${index}/behind?the=query`), ...more]);
}

/** What conditions can ask, and what a rule can say with what they found. */
export const cases: readonly ComparisonCase[] = [
  conditions('Conditions on files', [
    ['/f1', '%{DOCUMENT_ROOT}/a.txt -f'],
    ['/f2', '%{DOCUMENT_ROOT}/none.txt -f'],
    ['/f3', '%{DOCUMENT_ROOT}/none.txt !-f'],
    ['/f4', '%{DOCUMENT_ROOT}/sub -f'],
    ['/f5', '%{DOCUMENT_ROOT}/sub -d'],
    ['/f6', '%{DOCUMENT_ROOT}/a.txt -d'],
    ['/f7', '%{DOCUMENT_ROOT}/empty.txt -s'],
    ['/f8', '%{DOCUMENT_ROOT}/a.txt -s'],
    ['/f9', '%{DOCUMENT_ROOT}/a.txt -x'],
    ['/f10', '%{DOCUMENT_ROOT}/sub -x'],
    ['/f11', '%{DOCUMENT_ROOT}/a.txt -l'],
    ['/f12', '/proc/self/exe -l'],
    ['/f13', '/proc/self/exe -L'],
    ['/f14', '/proc/self/exe !-h'],
    ['/f15', '%{REQUEST_FILENAME} -f'],
    ['/f16', '"" -f'],
    ['/f17', '%{DOCUMENT_ROOT}%{REQUEST_URI} !-f [NC]'],
  ]),
  conditions('Comparisons of text and numbers', [
    ['/c1', 'abc =abc'],
    ['/c2', 'abc =ABC'],
    ['/c3', 'abc =ABC [NC]'],
    ['/c4', 'abc <abd'],
    ['/c5', 'abc >abd'],
    ['/c6', 'abcd >b'],
    ['/c7', 'abcd >b [NC]'],
    ['/c8', 'abc >=abc'],
    ['/c9', 'abc <=abb'],
    ['/c10', '%{QUERY_STRING} =""'],
    ['/c11', '%{PATH_INFO} =""'],
    ['/c12', '%{PATH_INFO} !=""'],
    ['/c13', '10 -gt9'],
    ['/c14', '10 -lt9'],
    ['/c15', '10x -eq10'],
    ['/c16', '10 -ne10'],
    ['/c17', '10 !-ne10'],
    ['/c18', '9 -le9'],
    ['/c19', '" 9" -ge9'],
    ['/c20', '-3 -lt-2'],
    ['/c21', 'abc -eq0'],
    ['/c22', 'a= ='],
    ['/c23', 'a>b >'],
    ['/c24', '-eq -eq'],
    ['/c25', '5 -eq5'],
    ['/c26', '-q -q'],
  ]),
  conditions('Patterns, their letter case, and how conditions are joined', [
    ['/p1', '%{REQUEST_URI} ^/p'],
    ['/p2', '%{REQUEST_URI} ^/P'],
    ['/p3', '%{REQUEST_URI} ^/P [NC]'],
    ['/p4', '%{REQUEST_URI} !^/p'],
    ['/p5', 'a b', 'a a'],
    ['/p6', 'a b [OR]', 'a a'],
    ['/p7', 'a a [OR]', 'a b'],
    ['/p8', 'a a [OR]', 'a b [OR]', 'a c', 'a d'],
    ['/p9', 'a b [ornext]', 'a c [OR]', 'a a', 'a !b'],
    ['/p10', 'a a', 'a b [OR]'],
    ['/p11', 'a b [OR,NC]', 'A a [nocase]'],
    ['/p12', '"a b" "a b"'],
    ['/p13', 'a\\ b "^a b$"'],
    ['/p14', '%{QUERY_STRING} (^|&)query=1(&|$)'],
    ['/p15', '$0 ^/p15$'],
    ['/p16', '%{REQUEST_URI}#%{QUERY_STRING} ^/p16#query=\\d$'],
  ]),
  conditions('Expressions as conditions', [
    ['/e1', 'expr "%{REQUEST_METHOD} == \'GET\'"'],
    ['/e2', 'expr "%{REQUEST_METHOD} == \'POST\'"'],
    ['/e3', 'expr "!(%{QUERY_STRING} =~ /query/)"'],
    ['/e4', 'expr "%{QUERY_STRING} =~ /query/ && -n req(\'Host\')"'],
    ['/e5', 'expr "-f \'%{DOCUMENT_ROOT}/a.txt\'"'],
    ['/e6', 'EXPR "true"'],
    ['/e7', 'expr !false'],
    ['/e8', 'expr !true'],
    ['/e9', 'expr "-R \'127.0.0.0/8\'"'],
  ]),
  rules(
    'A rule can say what its conditions found',
    `
    RewriteCond %{QUERY_STRING} ^(\\w+)=(\\w+)$
    RewriteRule ^/one/(.*)$ /x/$1/%1/%2/%0? [R,L]
    RewriteCond %{QUERY_STRING} ^(\\w+)=
    RewriteCond %{REQUEST_URI} ^/(t\\w+)
    RewriteRule ^/two$ /x/%1? [R,L]
    RewriteCond %{QUERY_STRING} ^(\\w+)=
    RewriteCond %{REQUEST_URI} !^/(none)
    RewriteRule ^/three$ /x/%1/%2? [R,L]
    RewriteCond %{QUERY_STRING} ^(\\w+)=
    RewriteCond %1 ^(q)u
    RewriteRule ^/four$ /x/%1? [R,L]
    RewriteCond $1 ^(.)(.)
    RewriteRule ^/five/(.*)$ /x/%2%1? [R,L]
    RewriteCond a (b)|(a) [OR]
    RewriteCond b (b)
    RewriteRule ^/six$ /x/%1-%2? [R,L]
    RewriteCond expr "%{QUERY_STRING} =~ /^(.)(.)/"
    RewriteRule ^/seven$ /x/%2%1? [R,L]
    RewriteRule !^/(eight)? /never
    RewriteCond %{QUERY_STRING} (.*)
    RewriteRule ^/nine$ - [E=Q:%1]
    RewriteRule ^/nine$ /x?%{ENV:Q}&%1 [R]`,
    [
      'GET /one/a?b=c',
      'GET /one/a',
      'GET /two?q=1',
      'GET /three?q=1',
      'GET /four?quick=1',
      'GET /four?slow=1',
      'GET /five/ab',
      'GET /six',
      'GET /seven?xy',
      'GET /eight',
      'GET /nine?z=1',
    ],
  ),
  values('Variables of the request', [
    '%{REQUEST_URI}',
    '%{REQUEST_METHOD}',
    '%{QUERY_STRING}',
    '%{request_uri}',
    '%{REQUEST_FILENAME}',
    '%{SCRIPT_FILENAME}',
    '%{THE_REQUEST}'.replace('THE_REQUEST', 'IS_SUBREQ'),
    '%{SERVER_PROTOCOL}',
    '%{REQUEST_SCHEME}',
    '%{HTTPS}',
    '%{PATH_INFO}',
    '%{AUTH_TYPE}',
    '%{REMOTE_USER}',
    '%{HTTP_HOST}',
    '%{HTTP_USER_AGENT}',
    '%{HTTP_ACCEPT}',
    '%{HTTP:X-None}',
    '%{HTTP_COOKIE}',
  ]),
  values('Variables of the server and the connection', [
    '%{SERVER_NAME}',
    '%{SERVER_ADDR}',
    '%{REMOTE_ADDR}',
    '%{DOCUMENT_ROOT}',
    '%{CONTEXT_PREFIX}',
    '%{CONTEXT_DOCUMENT_ROOT}',
    '%{CONN_REMOTE_ADDR}',
    '%{IPV6}',
    '%{REMOTE_IDENT}',
    '%{REMOTE_HOST}',
  ]),
  values('What is no variable', [
    '%{NONSENSE}',
    '%{ENV:NONE}',
    '%{X}',
    '%{}',
    '%{SSL:SSL_PROTOCOL}',
    '%{ENV:}',
    '%{HTTP:}',
    '${none:x|d}',
    '${none:x}',
    '%',
    '$',
    '%{',
    '${x',
    '\\\\a',
    '%x',
    '$x',
    '%{REQUEST_URI',
    '${nomap}',
    '%{HANDLER}',
    '%{REQUEST_STATUS}',
  ]),
  rules(
    'Headers that decided are told to caches',
    `
    RewriteCond %{HTTP_USER_AGENT} ^Bot
    RewriteRule ^/agent$ /b.txt [L]
    RewriteCond %{HTTP:X-One} ^1$
    RewriteCond %{HTTP:X-None} !text
    RewriteRule ^/two$ /b.txt [L]
    RewriteCond %{HTTP:X-One} ^1$ [OR]
    RewriteCond %{HTTP:X-Two} ^2$
    RewriteRule ^/or$ /b.txt [L]
    RewriteCond %{HTTP_USER_AGENT} ^Bot [NV]
    RewriteRule ^/novary$ /b.txt [L]
    RewriteCond %{HTTP_HOST} local
    RewriteRule ^/host$ /b.txt [L]
    RewriteCond %{HTTP:X-One} ^1$
    RewriteRule ^/redirect$ /b.txt [R,L]`,
    [
      { request: 'GET /agent', headers: { 'User-Agent': 'Bot/1' } },
      { request: 'GET /agent', headers: { 'User-Agent': 'Other' } },
      { request: 'GET /two', headers: { 'X-One': '1', Accept: 'text/html' } },
      { request: 'GET /or', headers: { 'X-One': '1', 'X-Two': '2' } },
      { request: 'GET /or', headers: { 'X-One': '0', 'X-Two': '2' } },
      { request: 'GET /novary', headers: { 'User-Agent': 'Bot/1' } },
      'GET /host',
      { request: 'GET /redirect', headers: { 'X-One': '1' } },
    ],
  ),
  rules(
    'Conditions that ask for another request',
    `
    RewriteCond /a.txt -U
    RewriteRule ^/u1$ /b.txt [L]
    RewriteCond /secret/s.txt -U
    RewriteRule ^/u2$ /b.txt [L]
    RewriteCond /none.txt -U
    RewriteRule ^/u3$ /b.txt [L]
    RewriteCond /secret/s.txt !-U
    RewriteRule ^/u4$ /b.txt [L]
    RewriteCond %{DOCUMENT_ROOT}/a.txt -F
    RewriteRule ^/f1$ /b.txt [L]
    RewriteCond %{DOCUMENT_ROOT}/secret/s.txt -F
    RewriteRule ^/f2$ /b.txt [L]
    RewriteCond %{DOCUMENT_ROOT}/none.txt -F
    RewriteRule ^/f3$ /b.txt [L]
    RewriteCond %{LA-U:REQUEST_FILENAME} -f
    RewriteRule ^/a\\.txt$ /b.txt [L]
    RewriteCond %{LA-U:REQUEST_FILENAME} ^(.*)$
    RewriteRule ^/la$ /x?%1 [R,L]
    RewriteCond %{LA-F:REQUEST_URI} ^(.*)$
    RewriteRule ^/laf$ /x?%1 [R,L]
    RewriteCond %{REQUEST_URI} -U
    RewriteRule ^/self(.*)$ /b.txt [L]
    RewriteRule ^/nosub$ /b.txt [NS]`,
    [
      'GET /u1',
      'GET /u2',
      'GET /u3',
      'GET /u4',
      'GET /f1',
      'GET /f2',
      'GET /f3',
      'GET /a.txt',
      'GET /la',
      'GET /laf',
      'GET /self',
      'GET /nosub',
    ],
  ),
];
