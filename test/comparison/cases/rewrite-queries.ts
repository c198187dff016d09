import type { ComparisonCase } from '../comparison-case.ts';
import { rules } from '../rewriting.ts';

/** Queries, and the escapes in what rules make. */
export const cases: readonly ComparisonCase[] = [
  rules(
    'Queries are kept, replaced, appended or dropped',
    `
    RewriteRule ^/keep$ /a.txt [R]
    RewriteRule ^/replace$ /a.txt?x=1 [R]
    RewriteRule ^/append$ /a.txt?x=1 [R,QSA]
    RewriteRule ^/discard$ /a.txt [R,QSD]
    RewriteRule ^/drop$ /a.txt? [R]
    RewriteRule ^/both$ /a.txt?x=1 [R,QSA,QSD]
    RewriteRule ^/amp$ /a.txt?x=1& [R]
    RewriteRule ^/empty$ /a.txt? [R,QSA]
    RewriteRule ^/last$ /a.txt?b?c=1 [R,QSL]
    RewriteRule ^/first$ /a.txt?b?c=1 [R]
    RewriteRule ^/env$ /a.txt?u=%{REQUEST_URI}&q=%{QUERY_STRING} [R]
    RewriteRule ^/ne$ /a.txt?x=%25\\%20 [R,NE]
    RewriteRule ^/esc$ /a.txt?x=%25\\%20 [R]`,
    [
      'GET /keep?a=%20b',
      'GET /keep?',
      'GET /replace?y=2',
      'GET /replace',
      'GET /append?y=2',
      'GET /append',
      'GET /append?',
      'GET /discard?y=2',
      'GET /drop?y=2',
      'GET /both?y=2',
      'GET /amp?y=2',
      'GET /empty?y=2',
      'GET /last?y=2',
      'GET /first',
      'GET /env?a=%20&b',
      'GET /ne',
      'GET /esc',
    ],
  ),
  rules(
    'Escapes in redirects, with NE and without',
    `
    RewriteRule ^/p/(.*)$ /x/$1 [R]
    RewriteRule ^/ne/(.*)$ /x/$1 [R,NE]
    RewriteRule ^/noescape/(.*)$ /x/#$1 [R,noescape]
    RewriteRule ^/hash$ /x#part [R]
    RewriteRule ^/hashne$ /x#part [R,NE]
    RewriteRule ^/ext/(.*)$ http://example.com/$1 [R]`,
    [
      'GET /p/a%20b',
      'GET /p/%25',
      'GET /p/%C3%A4',
      'GET /p/a;b,c:d@e&f=g+h$i',
      "GET /p/~'()*!",
      'GET /p/%3Cb%3E%22',
      'GET /p/[x]{y}|',
      'GET /ne/a%2Bb',
      'GET /ne/%25',
      'GET /noescape/a',
      'GET /hash',
      'GET /hashne',
      'GET /ext/a%20b%23',
      'GET /p/%7f',
    ],
  ),
  rules(
    'Back references escaped for a query',
    `
    RewriteRule ^/b/(.*)$ /x?v=$1 [R,B,NE]
    RewriteRule ^/besc/(.*)$ /x?v=$1 [R,B]
    RewriteRule ^/bnp/(.*)$ /x?v=$1 [R,B,BNP,NE]
    RewriteRule ^/bnponly/(.*)$ /x?v=$1 [R,BNP,NE]
    RewriteRule ^/bchars/(.*)$ /x?v=$1 [R,B=#?;,NE]
    RewriteRule ^/bne/(.*)$ /x?v=$1 [R,B,BNE=/:,NE]
    RewriteRule ^/bneonly/(.*)$ /x?v=$1 [R,BNE=/,NE]
    RewriteRule ^/bctls/(.*)$ /x?v=$1 [R,BCTLS,NE]
    RewriteRule ^/bctlsb/(.*)$ /x?v=$1 [R,BCTLS,B,NE]
    RewriteRule ^/bctlsc/(.*)$ /x?v=$1 [R,BCTLS,B=/,NE]
    RewriteRule ^/path/(.*)$ /$1 [B]
    RewriteCond %{QUERY_STRING} (.*)
    RewriteRule ^/cond$ /x?v=%1 [R,B,NE]`,
    [
      'GET /b/a%20b&c/d%2B',
      'GET /besc/a%20b&c',
      'GET /bnp/a%20b&c',
      'GET /bnponly/a%20b',
      'GET /bnponly/a&b',
      'GET /bchars/a%23b;c&d',
      'GET /bne/a/b:c&d',
      'GET /bneonly/a/b:c&d',
      'GET /bctls/a%20b%01&c',
      'GET /bctlsb/a%20b%01&c/',
      'GET /bctlsc/a%20b%01&c/',
      'GET /path/a.txt',
      'GET /cond?a=b&c',
      'GET /b/%C3%A4',
      'GET /b/%0Ax',
    ],
  ),
  rules(
    'Spaces and control characters never reach a query',
    `
    RewriteRule ^/local/(.*)$ /a.txt?v=$1
    RewriteRule ^/redirect/(.*)$ /a.txt?v=$1 [R,NE]
    RewriteRule ^/escaped/(.*)$ /a.txt?v=$1 [R]`,
    [
      'GET /local/a%20b',
      'GET /local/a',
      'GET /redirect/a%20b',
      'GET /redirect/a%0d%0aX:%20y',
      'GET /escaped/a%20b',
      'GET /escaped/a%0d%0ab',
    ],
  ),
  rules(
    'An encoded question mark makes no query',
    `
    RewriteRule ^/q1(.*)$ /q$1
    RewriteRule ^/q2(.*)$ /a.txt$1 [UnsafeAllow3F]
    RewriteRule ^/q3(.*)$ /q$1 [R]
    RewriteRule ^/q4(.*)$ /q$1?z=1 [R]
    RewriteRule ^/q5(.*)$ /x?v=$1 [R]
    RewriteRule ^/q6(.*)$ /x?v=$1 [R,QSL]
    RewriteRule ^/q7(.*)$ /x%{REQUEST_URI} [R]
    RewriteRule ^/q8(.*)$ /x$1 [R,B]
    RewriteRule ^/stale$ /q5/%{HTTP:X-Q}?own [QSL]
    RewriteRule ^/q5/(.*)$ /a.txt [QSL]
    RewriteRule ^/q9 /x%{HTTP:X-Q} [R]
    RewriteRule ^/q0 /x$1%{HTTP:X-Q}?own [R]`,
    [
      'GET /q1%3fx',
      'GET /q1?x',
      'GET /q2%3fx',
      'GET /q3%3fx',
      'GET /q4%3Fx',
      'GET /q5%3fx',
      'GET /q6%3fx',
      'GET /q7%3fx',
      'GET /q8%3fx',
      { request: 'GET /stale', headers: { 'X-Q': 'a?b' } },
      { request: 'GET /q9', headers: { 'X-Q': 'a?b' } },
      { request: 'GET /q9%3fx', headers: { 'X-Q': 'a?b' } },
      { request: 'GET /q0?y', headers: { 'X-Q': 'a?b' } },
    ],
  ),
];
