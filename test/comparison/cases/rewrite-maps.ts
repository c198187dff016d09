import type { ComparisonCase } from '../comparison-case.ts';

const program = `#!/bin/sh
while read -r key; do
  case "$key" in
    one) echo /a.txt ;;
    null) echo NULL ;;
    empty) echo ;;
    *) echo "/b.txt" ;;
  esac
done
`;

const files = {
  'htdocs/a.txt': 'a\n',
  'htdocs/b.txt': 'b\n',
  'htdocs/d/.htaccess':
    'RewriteEngine On\nRewriteRule ^map/(.*)$ ${files:$1|/b.txt}\nRewriteRule ^low/(.*)$ /${low:$1}\n',
  'files.txt': `# A remark
one /a.txt
two\t /b.txt more words
 three /a.txt
four
one /b.txt
five /a.txt# comment
query /a.txt?x=1
/path /b.txt
key=eq /a.txt
UPPER /a.txt
`,
  'random.txt': 'same /a.txt|/a.txt|/a.txt\nsingle /b.txt\nlast /a.txt|\n',
  'program.sh': program,
};

function rules(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  const maps = `
    RewriteMap files txt:@ROOT@/files.txt
    RewriteMap plain @ROOT@/files.txt
    RewriteMap low int:tolower
    RewriteMap up int:toupper
    RewriteMap esc int:escape
    RewriteMap unesc int:unescape
    RewriteMap rnd rnd:@ROOT@/random.txt`;
  return {
    name,
    plugin: 'rewrite',
    modules: ['rewrite'],
    files,
    config: `RewriteEngine On${maps}\n${config}`,
    requests,
  };
}

/** Look-ups in maps, and what one place inherits from another. */
export const cases: readonly ComparisonCase[] = [
  rules(
    'Text maps',
    `
    RewriteRule ^/t/(.*)$ \${files:$1|/index}
    RewriteRule ^/n/(.*)$ /x\${files:$1} [R]
    RewriteRule ^/p/(.*)$ \${plain:$1|/b.txt}
    RewriteCond \${files:%{QUERY_STRING}|none} ^/(a.*)
    RewriteRule ^/cond$ /%1?
    RewriteCond \${files:%{QUERY_STRING}} =""
    RewriteRule ^/absent$ /a.txt
    RewriteRule ^/nested/(.*)$ \${files:\${low:$1}|/b.txt}
    RewriteRule ^/fallback/(.*)$ \${files:none|\${files:$1|/b.txt}}
    RewriteRule ^/allow/(.*)$ \${files:$1} [UnsafeAllow3F]`,
    [
      'GET /t/one',
      'GET /t/two',
      'GET /t/three',
      'GET /t/four',
      'GET /t/none',
      'GET /t/five',
      'GET /t/query',
      'GET /t//path',
      'GET /t/key=eq',
      'GET /t/#',
      'GET /t/upper',
      'GET /t/',
      'GET /n/one',
      'GET /n/none',
      'GET /p/one',
      'GET /p/x',
      'GET /cond?one',
      'GET /cond?none',
      'GET /absent?none',
      'GET /absent?one',
      'GET /nested/ONE',
      'GET /nested/one',
      'GET /fallback/one',
      'GET /fallback/none',
      'GET /allow/query',
      'GET /t/one%20x',
    ],
  ),
  rules(
    'Internal maps',
    `
    RewriteRule ^/low/(.*)$ /x?\${low:$1} [R,NE]
    RewriteRule ^/up/(.*)$ /x?\${up:$1} [R,NE]
    RewriteRule ^/esc/(.*)$ /x?\${esc:$1} [R,NE]
    RewriteRule ^/unesc/(.*)$ /x?\${unesc:$1|bad} [R,NE]
    RewriteRule ^/b/(.*)$ /x?\${up:$1} [R,NE,B]
    RewriteRule ^/([A-Z].*)$ \${low:/$1} [L]`,
    [
      'GET /low/AbC',
      'GET /up/AbC',
      'GET /esc/a%20b%25%26',
      'GET /unesc/a%2562',
      'GET /unesc/a',
      'GET /b/a%26b',
      'GET /A.TXT',
      'GET /A.txt',
      { request: 'GET /up/%C3%A4b', differs: 'a raw line break or byte in Location by the flag NE' },
    ],
  ),
  rules(
    'Random maps',
    `
    RewriteRule ^/r/(.*)$ \${rnd:$1|/b.txt}
    RewriteCond \${rnd:%{QUERY_STRING}} ^/a
    RewriteRule ^/c$ /b.txt`,
    ['GET /r/same', 'GET /r/single', 'GET /r/none', 'GET /c?same'],
  ),
  rules('Maps in the rules of a folder', '', ['GET /d/map/one', 'GET /d/map/none', 'GET /d/low/A.TXT']),
  rules(
    'Map names and forms that are none',
    `
    RewriteRule ^/no/(.*)$ /x?\${nomap:$1|default} [R,NE]
    RewriteRule ^/case/(.*)$ /x?\${FILES:$1|default} [R,NE]
    RewriteRule ^/open/(.*)$ /x?\${files:$1 [R,NE]
    RewriteRule ^/nocolon/(.*)$ /x?\${files} [R,NE]
    RewriteRule ^/empty/(.*)$ /x?\${files:|default} [R,NE]
    RewriteRule ^/bars/(.*)$ /x?\${files:none|a|b} [R,NE]`,
    ['GET /no/one', 'GET /case/one', 'GET /open/one', 'GET /nocolon/one', 'GET /empty/x', 'GET /bars/x'],
  ),
  {
    name: 'Virtual hosts have rules of their own, unless they inherit',
    plugin: 'rewrite',
    modules: ['rewrite'],
    files,
    config: `
      RewriteEngine On
      RewriteMap low int:tolower
      RewriteRule ^/main$ /a.txt
      RewriteRule ^/both$ /a.txt [L]
      RewriteRule ^/low/(.*)$ /\${low:$1|none.txt}
      <VirtualHost *:@PORT@>
        ServerName first
        DocumentRoot @ROOT@/htdocs
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName own
        DocumentRoot @ROOT@/htdocs
        RewriteRule ^/own$ /b.txt
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName inherit
        DocumentRoot @ROOT@/htdocs
        RewriteOptions Inherit
        RewriteRule ^/both$ /b.txt [L]
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName before
        DocumentRoot @ROOT@/htdocs
        RewriteOptions InheritBefore
        RewriteRule ^/both$ /b.txt [L]
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName off
        DocumentRoot @ROOT@/htdocs
        RewriteEngine Off
        RewriteOptions Inherit
        RewriteRule ^/own$ /b.txt
      </VirtualHost>`,
    requests: ['first', 'own', 'inherit', 'before', 'off'].flatMap((Host) =>
      ['main', 'own', 'both', 'low/A.TXT'].map((path) => ({ request: `GET /${path}`, headers: { Host } })),
    ),
  },
  {
    name: 'What the main server hands down to virtual hosts',
    plugin: 'rewrite',
    modules: ['rewrite'],
    files,
    config: `
      RewriteEngine On
      RewriteOptions InheritDownBefore
      RewriteRule ^/main$ /a.txt
      RewriteRule ^/both$ /a.txt [L]
      <VirtualHost *:@PORT@>
        ServerName first
        DocumentRoot @ROOT@/htdocs
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName own
        DocumentRoot @ROOT@/htdocs
        RewriteRule ^/both$ /b.txt [L]
      </VirtualHost>
      <VirtualHost *:@PORT@>
        ServerName ignore
        DocumentRoot @ROOT@/htdocs
        RewriteOptions IgnoreInherit
        RewriteRule ^/both$ /b.txt [L]
      </VirtualHost>`,
    requests: ['first', 'own', 'ignore'].flatMap((Host) =>
      ['main', 'both'].map((path) => ({ request: `GET /${path}`, headers: { Host } })),
    ),
  },
  {
    name: 'A virtual host with a port in its name takes its own URLs for paths',
    plugin: 'rewrite',
    modules: ['rewrite'],
    files,
    config: `
      <VirtualHost *:@PORT@>
        ServerName own.example:8000
        ServerAlias other.example *.wild.example
        DocumentRoot @ROOT@/htdocs
        RewriteEngine On
        RewriteRule ^/own$ http://own.example:8000/a.txt
        RewriteRule ^/alias$ http://other.example:8000/a.txt
        RewriteRule ^/wild$ http://x.wild.example:8000/a.txt
        RewriteRule ^/noport$ http://own.example/a.txt
        RewriteRule ^/else$ http://else.example:8000/a.txt
        RewriteRule ^/file$ http://own.example:8000@ROOT@/htdocs/a.txt
        RewriteRule ^/bare$ http://own.example:8000
      </VirtualHost>`,
    requests: [
      'GET /own',
      'GET /alias',
      'GET /wild',
      'GET /noport',
      'GET /else',
      'GET /file',
      { request: 'GET /bare', differs: "redirects to this server: Redirect, a folder's slash and their kin" },
    ],
  },
  ...[
    'RewriteRule',
    'RewriteRule ^/a',
    'RewriteRule ^/a /b c',
    'RewriteRule ^/a /b [L',
    'RewriteRule ^/a /b [L R]',
    'RewriteRule ^/a /b []',
    'RewriteRule ^/a /b [X]',
    'RewriteRule ^/a /b [L,,R]',
    'RewriteRule ^/( /b',
    'RewriteRule ^/a /b [BNE]',
    'RewriteRule ^/a /b [R=99]',
    'RewriteRule ^/a /b [R=600]',
    'RewriteRule ^/a /b [OR]',
    'RewriteCond %{X}',
    'RewriteCond %{X} (',
    'RewriteCond %{X} a [L]',
    'RewriteCond expr "foo ="',
    'RewriteMap',
    'RewriteMap a',
    'RewriteMap a txt:nofile',
    'RewriteMap a int:nothing',
    'RewriteMap a prg:nofile',
    'RewriteMap a foo:bar',
    'RewriteMap a txt:x y z',
    'RewriteBase /',
    'RewriteBase',
    'RewriteOptions',
    'RewriteOptions Foo',
    'RewriteEngine',
    'RewriteEngine Maybe',
    '<Location />\nRewriteBase x\n</Location>',
    '<Location />\nRewriteBase ""\n</Location>',
    '<Location />\nRewriteMap a int:tolower\n</Location>',
  ].map((config): ComparisonCase => ({
    name: `Refused at start: ${config.replaceAll('\n', ' ')}`,
    plugin: 'rewrite',
    modules: ['rewrite'],
    config,
    refused: true,
    requests: [],
  })),
];
