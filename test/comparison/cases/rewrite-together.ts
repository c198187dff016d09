import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'a\n',
  'htdocs/b.txt': 'b\n',
  'htdocs/d/a.txt': 'd a\n',
  'htdocs/d/index.html': 'd home\n',
  'htdocs/secret/s.txt': 'secret\n',
  'program.sh':
    'while read -r key; do case "$key" in one) echo /a.txt ;; null) echo NULL ;; *) echo "/b.txt" ;; esac; done\n',
};

function together(
  name: string,
  config: string,
  requests: ComparisonCase['requests'],
  more: Readonly<Record<string, string>> = {},
): ComparisonCase {
  return {
    name,
    plugin: 'rewrite',
    modules: ['rewrite'],
    files: { ...files, ...more },
    config: `RewriteEngine On\n${config}`,
    requests,
  };
}

/** Rules beside the rest of the server. */
export const cases: readonly ComparisonCase[] = [
  together(
    'A Location is that of the URL, a Directory that of the file',
    `
    <Location /secret>
      Require all denied
    </Location>
    <Location /open>
      Header set X-Open yes
    </Location>
    RewriteRule ^/open$ /secret/s.txt
    RewriteRule ^/pass$ /secret/s.txt [PT]
    RewriteRule ^/open/a$ /a.txt
    RewriteRule ^/secret/out$ /a.txt`,
    ['GET /open', 'GET /pass', 'GET /open/a', 'GET /secret/s.txt', 'GET /secret/out'],
  ),
  together(
    'A folder that is closed stays closed',
    `
    <Directory @ROOT@/htdocs/secret>
      Require all denied
    </Directory>
    RewriteRule ^/one$ /secret/s.txt
    RewriteRule ^/two$ /d/../secret/s.txt
    RewriteRule ^/three$ @ROOT@/htdocs/secret/s.txt
    RewriteRule ^/four(.*)$ /d/$1
    RewriteRule ^/five$ /d//..//secret/./s.txt
    RewriteRule ^/six$ /secret/s.txt [PT]`,
    [
      'GET /one',
      'GET /two',
      'GET /three',
      'GET /four/..%2fsecret/s.txt',
      'GET /four/%2e%2e/secret/s.txt',
      'GET /five',
      'GET /six',
    ],
  ),
  together(
    'Rules of a closed folder are not asked',
    '',
    ['GET /secret/x', 'GET /secret/s.txt', 'GET /d/x', 'GET /d/in/s.txt'],
    {
      'htdocs/secret/.htaccess': 'Require all denied\nRewriteEngine On\nRewriteRule . /a.txt\n',
      'htdocs/d/.htaccess': 'RewriteEngine On\nRewriteRule ^x$ /secret/s.txt\nRewriteRule ^in/(.*)$ ../secret/$1\n',
    },
  ),
  together(
    'Error documents pass the rules too',
    `
    ErrorDocument 404 /notfound
    ErrorDocument 410 /gone.txt
    RewriteRule ^/notfound$ /a.txt
    RewriteRule ^/old$ - [G]
    RewriteCond %{ENV:REDIRECT_STATUS} =410
    RewriteRule ^/gone\\.txt$ /b.txt`,
    ['GET /missing', 'GET /old', 'HEAD /missing', 'GET /gone.txt', 'POST /missing'],
  ),
  together(
    'Redirect comes behind the rules of the server and before those of a folder',
    `
    Redirect /d/moved /elsewhere
    Redirect /both http://example.com/both
    RewriteRule ^/both/(.*)$ /a.txt
    RewriteRule ^/to$ /both/x [PT]`,
    ['GET /d/moved', 'GET /both/x', 'GET /both', 'GET /to', 'GET /d/x'],
    { 'htdocs/d/.htaccess': 'RewriteEngine On\nRewriteRule . /a.txt\n' },
  ),
  together(
    'The index of a folder and FallbackResource beside rules',
    `
    DirectoryIndex index.html
    RewriteRule ^/$ /d/
    RewriteRule ^/home$ /d/
    RewriteRule ^/d/index\\.html$ /a.txt [NS]
    <Location /front>
      FallbackResource /b.txt
    </Location>
    RewriteRule ^/front/rule$ /a.txt`,
    ['GET /', 'GET /home', 'GET /d/', 'GET /d/index.html', 'GET /front/x', 'GET /front/rule'],
  ),
  together(
    'Variables that other lines set',
    `
    SetEnvIf Request_URI ^/env early=yes
    SetEnv late yes
    PassEnv PATH
    RewriteCond %{ENV:early} =yes
    RewriteRule ^/env1$ /a.txt
    RewriteCond %{ENV:late} =yes
    RewriteRule ^/env2$ /a.txt
    RewriteRule ^/env3$ /b.txt [E=early:no]
    Header set X-Early %{early}e`,
    ['GET /env1', 'GET /env2', 'GET /env3'],
  ),
  together(
    'Rules in If',
    `
    <If "%{QUERY_STRING} == 'if'">
      RewriteRule x$ /a.txt
    </If>
    <If "%{QUERY_STRING} == 'off'">
      RewriteEngine Off
    </If>
    RewriteRule ^/rule$ /b.txt`,
    ['GET /x?if', 'GET /x?else', 'GET /rule?off', 'GET /rule?on'],
  ),
  together(
    'A program as a map',
    `
    RewriteMap prog "prg:/bin/sh @ROOT@/program.sh"
    RewriteRule ^/p/(.*)$ \${prog:$1|/d/a.txt}
    RewriteCond \${prog:%{QUERY_STRING}} ^/a
    RewriteRule ^/c$ /b.txt`,
    ['GET /p/one', 'GET /p/two', 'GET /p/null', 'GET /c?one', 'GET /c?two', 'GET /p/a%0ab', 'GET /p/'],
  ),
  together(
    'Without FollowSymLinks',
    '<Directory @ROOT@/htdocs/d>\n  Options None\n</Directory>',
    [{ request: 'GET /d/x', differs: 'rules of a folder without `Options FollowSymLinks`' }],
    { 'htdocs/d/.htaccess': 'RewriteEngine On\nRewriteRule ^x$ a.txt\n' },
  ),
  together(
    'Methods, versions and targets of all kinds',
    `
    RewriteCond %{REQUEST_METHOD} !^(GET|HEAD|POST)$
    RewriteRule .* - [F]
    RewriteCond %{THE_REQUEST} "\\s/raw%20"
    RewriteRule .* /a.txt
    RewriteCond %{SERVER_PROTOCOL} HTTP/1\\.0
    RewriteRule ^/version$ /b.txt
    RewriteRule ^/(.*)\\.php$ /$1.txt`,
    [
      'DELETE /a.txt',
      'OPTIONS /a.txt',
      'GET /raw%20x',
      'GET /version HTTP/1.0',
      'GET /version',
      'GET http://localhost/a.php',
      'GET /a.php',
      'GET //a.php',
      'GET /./d/../a.php',
      'GET /a.ph%70',
      'GET /a%zz.php',
      'GET /a%00.php',
      'GET /%2e%2e/a.php',
    ],
  ),
  together(
    'Odd lines that Apache accepts',
    `
    RewriteRule ^/odd1$ /a.txt [L] # a remark
    RewriteRule ^/odd2$ "/a.txt
    RewriteRule "^/odd3 x$" '/a.txt' "[L]"
    RewriteRule ^/odd4$ /a.txt "[ L , NC ]"
    RewriteRule ^/odd5$ /a.txt [LAST,nocase]
    RewriteRule "" /b.txt [C]
    RewriteRule ^/nothing$ -
    RewriteRule ^/odd6$ "" [L]`,
    ['GET /odd1', 'GET /odd2', 'GET /odd3%20x', 'GET /ODD4', 'GET /odd5', 'GET /any', 'GET /odd6'],
  ),
];
