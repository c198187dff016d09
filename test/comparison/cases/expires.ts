import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'text\n',
  'htdocs/b.html': '<p>b</p>\n',
  'htdocs/c.css': 'p {}\n',
  'htdocs/d.png': 'image',
  'htdocs/e.gif': 'image',
  'htdocs/none': 'untyped',
  'htdocs/folder/f.txt': 'text\n',
};

/** Expires depends on the time of the request; Last-Modified, which looks the same, has a case of its own. */
const random = [/\w{3}, \d{2} \w{3} 20(?!24)\d{2} [\d:]{8} GMT/];
const modules = ['expires'];

/** One line of ExpiresDefault for each form, in a folder of its own. */
const forms = [
  'A3600',
  'A0',
  'A-60',
  'A+60',
  'M3600',
  'M-1',
  'M315360000',
  'access',
  'now',
  'modification',
  'access plus 1 hour',
  'access 1 hour',
  'access plus 0 seconds',
  'now plus 2 minutes',
  'modification plus 3 days',
  'modification plus 10 years',
  'access plus 1 year',
  'access plus 2 years 3 months 4 weeks 5 days 6 hours 7 minutes 8 seconds',
  'access plus 1 month 1 month',
  'ACCESS PLUS 1 DAY',
  'access  plus   1   week',
  'access plus 1 min 1 sec',
  'access plus 1 mins 2 secs',
  'a p 1 y 1 mo 1 w 1 d 1 h 1 mi 1 s',
  'access plus',
] as const;

const differing: ReadonlyMap<string, string> = new Map([
  ['ACCESS PLUS 1 DAY', 'an Expires time that begins with a capital'],
]);

const badForms = [
  '',
  'whenever plus 1 day',
  'access plus one day',
  'access plus 1',
  'access plus 1 fortnight',
  'access plus -1 day',
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Every form of a lifetime',
    plugin: 'expires',
    modules,
    random: [/\w{3}, \d{2} \w{3} 20\d{2} [\d:]{8} GMT/, /(?<=max-age=2)\d{8}/],
    config: `ExpiresActive On
${forms.map((form, index) => `Alias /${index}/ @ROOT@/htdocs/\n<Location /${index}/>\n  ExpiresDefault "${form}"\n</Location>`).join('\n')}`,
    files,
    requests: forms.map((form, index): string | ComparisonRequest => {
      const differs = differing.get(form);
      return differs === undefined ? `GET /${index}/a.txt` : { request: `GET /${index}/a.txt`, differs };
    }),
  },
  {
    name: 'The lifetime of a type, of a kind of types, and that of all others',
    plugin: 'expires',
    modules,
    random,
    config: `ExpiresActive On
ExpiresDefault A10
ExpiresByType text/html A20
ExpiresByType TEXT/CSS "access plus 30 seconds"
ExpiresByType image/* A40
ExpiresByType image/gif A50
AddCharset utf-8 .html`,
    files,
    requests: [
      'GET /a.txt',
      'GET /b.html',
      'GET /c.css',
      'GET /d.png',
      'GET /e.gif',
      'GET /none',
      'HEAD /b.html',
      'GET /missing.html',
      'GET /folder',
      { request: 'GET /d.png', headers: { Range: 'bytes=0-1' } },
      { request: 'GET /b.html', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
      { request: 'GET /b.html', headers: { 'If-None-Match': '"9-60dee3a42cf40"' } },
      { request: 'GET /b.html', headers: { 'If-None-Match': '*' } },
    ],
  },
  {
    name: 'Inner sections lay their types over those of outer ones',
    plugin: 'expires',
    modules,
    random,
    config: `ExpiresActive On
ExpiresByType text/plain A1
ExpiresByType image/png A2
<Location /folder>
  ExpiresByType text/plain A3
  ExpiresDefault A4
</Location>
<Files e.gif>
  ExpiresActive Off
</Files>
<Files none>
  ExpiresDefault A5
</Files>`,
    files: { ...files, 'htdocs/folder/d.png': 'image', 'htdocs/folder/b.html': 'b', 'htdocs/folder/e.gif': 'e' },
    requests: [
      'GET /a.txt',
      'GET /d.png',
      'GET /b.html',
      'GET /folder/f.txt',
      'GET /folder/d.png',
      'GET /folder/b.html',
      'GET /folder/e.gif',
      'GET /e.gif',
      'GET /none',
    ],
  },
  {
    name: 'An .htaccess file may say how long its files stay fresh',
    plugin: 'expires',
    modules,
    random,
    config: '',
    files: { ...files, 'htdocs/folder/.htaccess': 'ExpiresActive On\nExpiresDefault "access plus 1 minute"\n' },
    requests: ['GET /folder/f.txt', 'GET /a.txt'],
  },
  {
    name: 'What AllowOverride does not permit in .htaccess fails the request',
    plugin: 'expires',
    modules,
    config: '<Directory @ROOT@/htdocs/folder>\n  AllowOverride FileInfo\n</Directory>',
    files: { ...files, 'htdocs/folder/.htaccess': 'ExpiresActive On\n' },
    requests: ['GET /folder/f.txt'],
  },
  {
    name: 'Headers that are there already',
    plugin: 'expires',
    modules,
    random,
    config: `ExpiresActive On
ExpiresDefault A10
<Location /a.txt>
  Header set Cache-Control "private"
</Location>
<Location /c.css>
  Header append Cache-Control "must-revalidate"
</Location>
<Location /e.gif>
  Header merge Cache-Control "max-age=10"
</Location>
<Location /none>
  Header unset Expires
</Location>`,
    files,
    requests: ['GET /a.txt', 'GET /c.css', 'GET /e.gif', 'GET /none'],
  },
  {
    name: 'An error document does not stay fresh',
    plugin: 'expires',
    modules,
    random,
    config: `ExpiresActive On
ExpiresDefault A10
ErrorDocument 404 /b.html`,
    files,
    requests: ['GET /missing', 'HEAD /missing'],
  },
  ...badForms.map((form): ComparisonCase => ({
    name: `ExpiresDefault "${form}" is refused`,
    plugin: 'expires',
    modules,
    config: `ExpiresDefault "${form}"`,
    refused: true,
    requests: [],
  })),
  ...[
    'ExpiresActive Maybe',
    'ExpiresActive',
    'ExpiresByType text/html',
    'ExpiresByType text/html "now plus x days"',
    'ExpiresDefault access plus 1 day',
    '<Limit GET>\nExpiresDefault\n</Limit>',
  ].map((line): ComparisonCase => ({
    name: `${line.replaceAll('\n', ' ')} is refused`,
    plugin: 'expires',
    modules,
    config: line,
    refused: true,
    requests: [],
  })),
];
