import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n'.repeat(40);
const files = {
  'htdocs/a.txt': text,
  'htdocs/a.html': `<p>${text}`,
  'htdocs/a.css': `p { }\n`.repeat(30),
  'htdocs/b.txt': text,
};

function gzip(request: string, differs?: string): ComparisonRequest {
  const headers = { 'Accept-Encoding': 'gzip' };
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

function filter(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'filter', modules: ['deflate', 'case_filter', 'substitute'], config, files, requests };
}

/** Replaces hello; what Apache then says of the original has a row of its own. */
const hello = 'Substitute s/hello/bye/\nHeader unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges';

const all = [gzip('GET /a.txt'), gzip('GET /a.html'), gzip('GET /a.css'), 'GET /a.txt'];
const provider = `FilterProvider pack DEFLATE "%{CONTENT_TYPE} =~ m#^text/(plain|html)#"`;

export const cases: readonly ComparisonCase[] = [
  filter('FilterDeclare, FilterProvider and FilterChain', `FilterDeclare pack\n${provider}\nFilterChain pack`, all),
  filter('A provider without FilterDeclare', `${provider}\nFilterChain pack`, all),
  filter('A smart filter that is not in the chain', `FilterDeclare pack\n${provider}`, all),
  filter('A smart filter without a provider', 'FilterDeclare pack CONTENT_SET\nFilterChain pack', all),
  filter('Types of smart filters', `FilterDeclare pack content_set\n${provider}\nFilterChain +pack`, all),
  ...[
    `%{CONTENT_TYPE} == 'text/plain'`,
    `resp('Content-Type') == 'text/plain'`,
    `%{resp:Content-Type} =~ /plain/`,
    `req('X-Pack') == '1'`,
    `%{REQUEST_URI} =~ /\\.css$/`,
    `%{REQUEST_STATUS} == 200`,
    `%{HTTP:Accept-Encoding} == 'gzip'`,
    `true`,
    `false`,
    `reqenv('pack') == 'yes'`,
    `-n resp('ETag')`,
    `resp('Cache-Control') == 'private'`,
  ].map((expression) =>
    filter(
      `The expression ${expression}`,
      `SetEnvIf Request_URI html pack=yes\nFilterProvider pack DEFLATE "${expression}"\nFilterChain pack`,
      [...all, { request: 'GET /a.txt', headers: { 'Accept-Encoding': 'gzip', 'X-Pack': '1' } }],
    ),
  ),
  filter(
    'Several providers',
    `FilterProvider pack DEFLATE "%{CONTENT_TYPE} =~ m#^text/#"
      FilterProvider pack SUBSTITUTE "%{CONTENT_TYPE} == 'text/css'"
      FilterChain pack
      Substitute "s/p/div/"
      Header unset ETag
      Header unset Last-Modified
      Header unset Accept-Ranges`,
    all,
  ),
  filter(
    'A chain that is changed',
    `FilterProvider one DEFLATE "%{CONTENT_TYPE} == 'text/plain'"
      FilterProvider two DEFLATE "%{CONTENT_TYPE} == 'text/html'"
      FilterChain one two
      FilterChain -one`,
    all,
  ),
  filter(
    'A chain that is replaced',
    `FilterProvider one DEFLATE "%{CONTENT_TYPE} == 'text/plain'"
      FilterProvider two DEFLATE "%{CONTENT_TYPE} == 'text/html'"
      FilterChain one
      FilterChain =two`,
    all,
  ),
  filter('A chain that is emptied', `${provider}\nFilterChain pack\nFilterChain !`, all),
  filter('A chain that is emptied and filled', `${provider}\nFilterChain pack\nFilterChain ! pack`, all),
  filter(
    'A chain in sections',
    `${provider}
      FilterProvider css DEFLATE "%{CONTENT_TYPE} == 'text/css'"
      FilterChain pack
      <Location /a.txt>
        FilterChain !
      </Location>
      <Location /a.css>
        FilterChain css
      </Location>
      <Location /a.html>
        FilterChain =css
      </Location>`,
    [...all, gzip('GET /b.txt')],
  ),
  filter(
    'A filter that is taken out in a section',
    `${provider}\nFilterChain pack\n<Location /a.txt>\nFilterChain -pack\n</Location>`,
    [gzip('GET /a.txt', '`FilterChain -` and `@` in an inner section'), gzip('GET /b.txt')],
  ),
  filter(
    '@ puts a filter first',
    `${provider}\nFilterProvider sub SUBSTITUTE true\n${hello}\nFilterChain pack @sub`,
    all,
  ),
  filter(
    'AddOutputFilterByType in a section',
    `AddOutputFilterByType DEFLATE text/plain\n<Files a.css>\nAddOutputFilterByType DEFLATE text/css\n</Files>\n<Files a.txt>\nAddOutputFilterByType DEFLATE text/css\n</Files>`,
    [...all, gzip('GET /b.txt')],
  ),
  filter(
    'AddOutputFilterByType in two lines',
    'AddOutputFilterByType DEFLATE text/plain\nAddOutputFilterByType DEFLATE text/css',
    all,
  ),
  filter(
    'AddOutputFilterByType with two filters',
    `AddOutputFilterByType SUBSTITUTE;DEFLATE text/plain\n${hello}`,
    all,
  ),
  filter(
    'AddOutputFilterByType and a charset',
    'AddDefaultCharset utf-8\nAddOutputFilterByType DEFLATE text/plain',
    all,
  ),
  filter('AddOutputFilterByType and letter case', 'AddOutputFilterByType DEFLATE TEXT/PLAIN', all),
  filter('A chain of BYTYPE filters that is emptied', 'AddOutputFilterByType DEFLATE text/plain\nFilterChain !', all),
  ...[
    'change=yes',
    'change=1:1',
    'change=no',
    'byteranges=no',
    'cache=no',
    'change=yes;cache=no',
    'change=yes byteranges=no',
    'change=1:1,cache=no',
  ].map((flags) =>
    filter(
      `FilterProtocol with a provider: ${flags}`,
      `FilterProvider pack DEFLATE "%{CONTENT_TYPE} == 'text/plain'"\nFilterProtocol pack DEFLATE "${flags}"\nFilterChain pack`,
      [gzip('GET /a.txt'), 'GET /a.txt', gzip('GET /a.html')],
    ),
  ),
  ...['change=yes', 'change=1:1', 'byteranges=no', 'cache=no'].map((flags) =>
    filter(
      `FilterProtocol without a provider: ${flags}`,
      `FilterProvider pack DEFLATE "%{CONTENT_TYPE} == 'text/plain'"\nFilterProtocol pack "${flags}"\nFilterChain pack`,
      [
        gzip('GET /a.txt', 'FilterProtocol without a provider'),
        { request: 'GET /a.txt', headers: { Range: 'bytes=0-3' }, differs: 'FilterProtocol without a provider' },
        gzip('GET /a.html'),
      ],
    ),
  ),
  filter('FilterTrace', `${provider}\nFilterTrace pack 2\nFilterChain pack`, all),
  filter(
    'SetOutputFilter, AddOutputFilter and RemoveOutputFilter',
    `SetOutputFilter SUBSTITUTE\n${hello}\nAddOutputFilter DEFLATE .txt .html\n<Files a.html>\nRemoveOutputFilter .html\n</Files>\n<Files b.txt>\nSetOutputFilter None\n</Files>`,
    [...all, gzip('GET /b.txt')],
  ),
  filter('SetOutputFilter twice', `SetOutputFilter SUBSTITUTE\nSetOutputFilter DEFLATE\n${hello}`, all),
  {
    ...filter('.htaccess', '<Directory @ROOT@/htdocs>\nAllowOverride Options FileInfo\n</Directory>', [
      gzip('GET /sub/a.txt'),
      gzip('GET /sub/a.css'),
      gzip('GET /none/a.txt'),
    ]),
    files: {
      'htdocs/sub/.htaccess': `FilterDeclare pack\n${provider}\nFilterChain pack`,
      'htdocs/sub/a.txt': text,
      'htdocs/sub/a.css': text,
      'htdocs/none/.htaccess': 'FilterProvider pack NOSUCH true',
      'htdocs/none/a.txt': text,
    },
  },
  ...[
    'FilterDeclare',
    'FilterDeclare a RESOURCE more',
    'FilterProvider a DEFLATE',
    'FilterProvider a NOSUCH true',
    'FilterProvider a DEFLATE "%{nonsense"',
    'FilterChain',
    'FilterProtocol nosuch change=yes',
    'FilterProtocol',
    'FilterTrace pack',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'filter',
    modules: ['deflate'],
    config: line,
    refused: true as const,
    requests: [],
  })),
  ...['SetOutputFilter NOSUCH', 'AddOutputFilter NOSUCH .txt', 'FilterChain nosuch'].map((line) => ({
    ...filter(`An unknown name: ${line}`, line, [
      { request: 'GET /a.txt', differs: 'a filter name that nobody declares' },
    ]),
  })),
];
