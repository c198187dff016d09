import type { ComparisonCase } from '../comparison-case.ts';
import { rules } from '../rewriting.ts';

/** Rules at server level, flag by flag. */
export const cases: readonly ComparisonCase[] = [
  rules(
    'A substitution is a path below the document root, or a file',
    `
    RewriteRule ^/one$ /a.txt
    RewriteRule ^/two$ a.txt
    RewriteRule ^/three$ @ROOT@/htdocs/b.txt
    RewriteRule ^/four$ %{DOCUMENT_ROOT}/b.txt
    RewriteRule ^/five$ @ROOT@/other/o.txt
    RewriteRule ^/six$ /missing.txt
    RewriteRule ^/seven$ /sub
    RewriteRule ^/eight$ /sub/
    RewriteRule ^/nine$ /a.txt/more
    RewriteRule ^/dots$ /sub/../a.txt
    RewriteRule ^/above$ /../other/o.txt
    RewriteRule ^/root$ /
    RewriteRule ^/slashes$ //sub///c.txt
    <Directory @ROOT@/other>
      Require all granted
    </Directory>`,
    [
      'GET /one',
      'GET /two',
      'GET /three',
      'GET /four',
      'GET /five',
      'GET /six',
      'GET /seven',
      'GET /eight',
      'GET /nine',
      'HEAD /one',
      'GET /none',
      'POST /six',
      'GET /one?q',
      'GET /dots',
      'GET /above',
      'GET /root',
      'GET /slashes',
    ],
  ),
  rules(
    'A file outside of what is granted stays forbidden',
    `
    <Directory />
      Require all denied
    </Directory>
    RewriteRule ^/five$ @ROOT@/other/o.txt
    RewriteRule ^/etc$ /etc/passwd
    RewriteRule ^/up(.*)$ /sub$1`,
    ['GET /five', 'GET /etc', 'GET /up/../a.txt', 'GET /up/%2e%2e/%2e%2e/etc/passwd', 'GET /up/..%2f..%2fetc'],
  ),
  rules(
    'A substitution that begins with what the client sent is never a file elsewhere',
    `
    RewriteRule ^/safe(/.*)$ $1
    RewriteRule ^/unsafe(/.*)$ $1 [UnsafePrefixStat]
    RewriteCond %{QUERY_STRING} ^(/.+)$
    RewriteRule ^/query$ %1?
    RewriteRule ^/header$ %{HTTP:X-File}
    RewriteRule ^/deeper(/.*)$ /htdocs/..$1
    <Directory @ROOT@/other>
      Require all granted
    </Directory>`,
    [
      'GET /safe@ROOT@/other/o.txt',
      'GET /safe/a.txt',
      'GET /unsafe@ROOT@/other/o.txt',
      'GET /unsafe/a.txt',
      'GET /query?@ROOT@/other/o.txt',
      'GET /query?/a.txt',
      { request: 'GET /header', headers: { 'X-File': '/a.txt' } },
      { request: 'GET /header', headers: { 'X-File': '@ROOT@/other/o.txt' } },
      'GET /safe@ROOT@/htdocs/a.txt',
    ],
  ),
  rules(
    'Groups, negation and letter case',
    `
    RewriteRule ^/(\\w)-(\\w)$ /$2.txt
    RewriteRule ^/opt(x)?$ /a$1.txt
    RewriteRule ^/UPPER$ /a.txt [NC]
    RewriteRule ^/([a-z]+)\\.old$ /$1.txt [nocase]
    RewriteRule !^/(?:a|b|index|sub|keep|%|q|x|i|$) /b.txt
    RewriteRule ^/keep-\\$1-\\%1$ /a.txt
    RewriteRule "^/keep quoted$" "/a.txt"
    RewriteRule ^/keep\\ escaped$ /b.txt`,
    [
      'GET /x-a',
      'GET /x-b',
      'GET /optx',
      'GET /opt',
      'GET /Upper',
      'GET /upper',
      'GET /A.OLD',
      'GET /a.old',
      'GET /zzz',
      'GET /keep-$1-%251',
      'GET /keep%20quoted',
      'GET /keep%20escaped',
      'GET /keep',
    ],
  ),
  rules(
    'Redirects with statuses by name and number',
    `
    RewriteRule ^/r$ /a.txt [R]
    RewriteRule ^/r301$ /a.txt [R=301]
    RewriteRule ^/r303$ /a.txt [R=303]
    RewriteRule ^/r307$ /a.txt [R=307]
    RewriteRule ^/r308$ /a.txt [R=308]
    RewriteRule ^/r300$ /a.txt [R=300]
    RewriteRule ^/perm$ /a.txt [R=permanent]
    RewriteRule ^/temp$ /a.txt [redirect=temp]
    RewriteRule ^/see$ /a.txt [R=SeeOther]
    RewriteRule ^/abs$ http://example.com/x
    RewriteRule ^/abs2$ https://example.com:8443/x [R=301]
    RewriteRule ^/abs3$ HTTP://Example.com
    RewriteRule ^/ftp$ ftp://example.com/x?y
    RewriteRule ^/mail$ mailto:me@example.com
    RewriteRule ^/news$ news:comp.lang
    RewriteRule ^/odd$ gemini://example.com/
    RewriteRule ^/rel$ a.txt [R]
    RewriteRule ^/gone$ - [G]
    RewriteRule ^/forbidden$ /a.txt [F]
    RewriteRule ^/404$ - [R=404]
    RewriteRule ^/503$ /a.txt [R=503]
    RewriteRule ^/500$ - [R=500]
    RewriteRule ^/204$ - [R=204]
    RewriteRule ^/451$ - [R=451]`,
    [
      'GET /r',
      'GET /r301',
      'GET /r303',
      'GET /r307',
      'GET /r308',
      'GET /r300',
      'GET /perm',
      'GET /temp',
      'GET /see',
      'GET /abs',
      'GET /abs2',
      'GET /abs3',
      'GET /ftp',
      'GET /ftp?q=1',
      'GET /mail',
      'GET /news',
      'GET /odd',
      'GET /rel',
      'GET /gone',
      'GET /forbidden',
      'GET /404',
      'GET /503',
      'GET /500',
      'GET /204',
      'GET /451',
      'HEAD /r',
      'POST /r',
      'GET /r?a=b',
      'GET /abs?a=b',
    ],
  ),
  rules('The answer 200 by a rule', `RewriteRule ^/200$ - [R=200]`, [
    { request: 'GET /200', differs: 'the flag R with a status below 300' },
  ]),
  rules(
    'Rules end, chain, skip and start anew',
    `
    RewriteRule ^/last$ /a.txt [L]
    RewriteRule ^/a\\.txt$ /b.txt
    RewriteRule ^/chain$ /chain2 [C]
    RewriteRule ^/chain2$ /b.txt
    RewriteRule ^/nochain$ - [C]
    RewriteRule ^/never$ - [C]
    RewriteRule ^/x$ /b.txt
    RewriteRule ^/skip$ - [S=2]
    RewriteRule ^/skip$ /missing1 [L]
    RewriteRule ^/skip$ /missing2 [L]
    RewriteRule ^/skip$ /b.txt [L]
    RewriteRule ^/skipall$ /sub/c.txt [S=99]
    RewriteRule ^/dash(.*)-(.*)$ /dash$1_$2 [N]
    RewriteRule ^/dash__$ /b.txt
    RewriteRule ^/end$ /a.txt [END]
    RewriteRule ^/sub/c\\.txt$ /a.txt`,
    [
      'GET /last',
      'GET /a.txt',
      'GET /chain',
      'GET /chain2',
      'GET /nochain',
      'GET /x',
      'GET /skip',
      'GET /skipall',
      'GET /dash--',
      'GET /dash-',
      'GET /end',
      'GET /sub/c.txt',
    ],
  ),
  rules(
    'A loop ends with an error',
    `
    RewriteRule ^/n(.*)$ /n$1 [N]
    RewriteRule ^/limit(.*)$ /limit$1x [N=5]
    RewriteRule ^/grow(.*)$ /grow$1xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx [N]
    RewriteRule ^/once$ /b.txt [N=1]
    RewriteRule ^/twice$ /b.txt [N=2]`,
    ['GET /n', 'GET /limit', 'GET /grow', 'GET /once', 'GET /twice'],
  ),
  rules(
    'After a redirect flag without L the rules go on with the whole URL',
    `
    RewriteRule ^/r$ /a.txt [R]
    RewriteRule ^/a\\.txt$ /never
    RewriteRule ^http://[^/]+/a\\.txt$ /b.txt?%{REQUEST_URI} [R=301]
    RewriteRule ^/q$ /x [R]
    RewriteRule ^(http://.*)/x$ $1/y`,
    ['GET /r', 'GET /a.txt', 'GET /q'],
  ),
  rules(
    'The own host is taken off, another one is a redirect',
    `
    RewriteRule ^/own$ http://localhost:@PORT@/a.txt
    RewriteRule ^/owncase$ HTTP://LOCALHOST:@PORT@/a.txt
    RewriteRule ^/port$ http://localhost:1/a.txt
    RewriteRule ^/noport$ http://localhost/a.txt
    RewriteRule ^/bare$ http://localhost:@PORT@
    RewriteRule ^/forced$ http://localhost:@PORT@/a.txt [R]
    RewriteRule ^/tls$ https://localhost:@PORT@/a.txt
    RewriteRule ^/ownfile$ http://localhost:@PORT@@ROOT@/htdocs/a.txt`,
    [
      'GET /own',
      'GET /owncase',
      'GET /port',
      'GET /noport',
      'GET /bare',
      'GET /forced',
      'GET /tls',
      'GET /ownfile',
      { request: 'GET /own', headers: { Host: 'else.example' } },
    ],
  ),
  rules(
    'PT hands the path on to other mappings',
    `
    Alias /alias @ROOT@/other
    Redirect /moved http://example.com/moved
    <Directory @ROOT@/other>
      Require all granted
    </Directory>
    RewriteRule ^/pt$ /alias/o.txt [PT]
    RewriteRule ^/nopt$ /alias/o.txt
    RewriteRule ^/red$ /moved/x [passthrough]
    RewriteRule ^/doc$ /a.txt [PT]
    RewriteRule ^/ptq$ /alias/o.txt?y=1 [PT,QSA]
    <Location /alias>
      Header set X-Location alias
    </Location>
    <Location /pt>
      Header set X-Location pt
    </Location>`,
    ['GET /pt', 'GET /nopt', 'GET /red', 'GET /doc', 'GET /ptq?x', 'GET /alias/o.txt'],
  ),
  rules(
    'Types, handlers, variables and cookies',
    `
    RewriteRule ^/type$ /a.txt [T=text/X-Odd]
    RewriteRule ^/a\\.txt$ - [T=application/json]
    RewriteRule ^/typevar/(\\w+)$ /b.txt [T=text/$1]
    RewriteRule ^/env$ /b.txt [E=FOO:bar,E=BAZ,E=Q:%{QUERY_STRING}]
    RewriteRule ^/unset$ /b.txt [E=FOO:bar,E=!FOO]
    RewriteRule ^/cookie$ /b.txt [CO=name:value:.example.com]
    RewriteRule ^/cookie2$ /b.txt [CO=n:v:.example.com:0:/path:secure:HttpOnly:Strict]
    RewriteRule ^/cookie3$ /b.txt [CO=;n;a:b;.example.com;0;/;true;1;Lax]
    RewriteRule ^/cookie4$ /b.txt [CO=n:v:d,CO=n:w:d,CO=m:%{REQUEST_URI}:d]
    RewriteRule ^/cookie5$ /r [R,CO=n:v:d]
    RewriteRule ^/cookie6$ - [G,CO=n:v:d:0:/:false:false:false]
    Header set X-Foo "%{FOO}e" env=FOO
    Header set X-Baz "[%{BAZ}e]" env=BAZ
    Header set X-Q "%{Q}e" env=Q
    Header set X-Script "%{SCRIPT_URL}e %{SCRIPT_URI}e"`,
    [
      'GET /type',
      'GET /a.txt',
      'GET /typevar/Css',
      'GET /env?q',
      'GET /unset',
      'GET /cookie',
      'GET /cookie2',
      'GET /cookie3',
      'GET /cookie4',
      'GET /cookie5',
      'GET /cookie6',
    ],
  ),
];
