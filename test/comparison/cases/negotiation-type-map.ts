import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

/** Apache loses the last quote of a negotiated answer's tag. */
const random = [/;[0-9a-f-]+"?$/];

const config = `
AddHandler type-map .var
AddType application/x-type-map .map
AddLanguage en .en
AddLanguage de .de
AddCharset utf-8 .utf8
AddEncoding x-gzip .gz`;

const page = `# a comment
URI: page

URI: page.en.html
Content-Type: text/html; qs=0.8
Content-Language: en, en-GB
Description: "in English"

URI: page.de.html
Content-Type: text/html
 ; qs=0.7
Content-Language: de
Content-Length: 12345

# between
URI: page.txt
CONTENT-TYPE: Text/Plain;qs=.3 (a comment (of sorts)

URI: page.html.gz
Content-type: text/html;qs=0.5;charset=UTF-8
Content-encoding: x-gzip
`;

const levels = `URI: one.html
Content-Type: text/html; level=1

URI: two.html
Content-Type: text/html

URI: three.html
Content-Type: text/html; level=3
`;

const bodies = `Content-Language: en
Content-Type: text/html; charset=UTF-8
Body:----x----
<p>english

# no comment
----x---- rest
Content-Language: de
Content-Type: text/plain; qs=0.9
Body: the end
deutschthe end

Content-Type: text/css
Content-Encoding: gzip
Body:E
E

URI: page.txt
Content-Type: image/png; qs=0.1
`;

const files = {
  'htdocs/page.var': page,
  'htdocs/page.map': page,
  'htdocs/page.en.html': 'english\n',
  'htdocs/page.de.html': 'deutsch\n',
  'htdocs/page.txt': 'text\n',
  'htdocs/page.html.gz': 'zipped\n',
  'htdocs/levels.var': levels,
  'htdocs/one.html': '1',
  'htdocs/two.html': '22',
  'htdocs/three.html': '333',
  'htdocs/bodies.var': bodies,
  'htdocs/far.var':
    'URI: sub/a.html\nContent-Type: text/html\nContent-Language: en\n\nURI: /sub/b.html\nContent-Type: text/html\nContent-Language: de\n\nURI: ../x.html\nContent-Type: text/html\nContent-Language: fr\n\nURI: http://elsewhere.test/\nContent-Type: text/html\nContent-Language: it\n',
  'htdocs/sub/a.html': 'sub a\n',
  'htdocs/sub/b.html': 'sub b\n',
  'htdocs/missing.var': 'URI: not-there.html\nContent-Type: text/html\n',
  'htdocs/chain.var': 'URI: page.var\nContent-Type: text/html\n',
  'htdocs/untyped.var': 'URI: page.txt\nContent-Language: en\n\nURI: page.en.html\nContent-Type: text/html; qs=0.001\n',
  'htdocs/zero.var': 'URI: page.txt\nContent-Type: text/plain; qs=0\n',
  'htdocs/empty.var': '',
  'htdocs/comments.var': '# nothing\n\n#here\n',
  'htdocs/space.var': 'URI: sp%20ace.html\nContent-Type: text/html\n',
  'htdocs/sp ace.html': 'space\n',
};

function get(path: string, headers: Readonly<Record<string, string>> = {}): ComparisonRequest {
  return { request: `GET ${path}`, headers };
}

const nonsense: readonly (readonly [string, string])[] = [
  ['a line without a colon', 'URI: a.html\nnonsense\n'],
  ['a field without a value', 'URI: a.html\nContent-Type:\n\n'],
  ['a field without a value at the end', 'URI:'],
  ['a Body without a tag', 'Content-Type: text/html\nBody:\ntext\n'],
  ['binary bytes', '\u0000\u0001\u0002\n\u0003'],
];

const levelTypes = [
  'text/html',
  'text/html;level=1',
  'text/html;level=3',
  'text/html;level=0',
  'text/html;level=x, */*;q=0.1',
  'text/html;level=2, text/html;level=1;q=0.4, */*;q=0.5',
];

const refused = [
  'LanguagePriority',
  'ForceLanguagePriority Some',
  'ForceLanguagePriority Prefer Fallback None',
  'CacheNegotiatedDocs maybe',
  '<Directory />\nCacheNegotiatedDocs On\n</Directory>',
];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'A type map, by handler and by type',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: ['/page.var', '/page.map'].flatMap((path) => [
      get(path),
      get(path, { 'Accept-Language': 'de' }),
      get(path, { 'Accept-Language': 'de;q=0.1, en;q=0.2' }),
      get(path, { 'Accept-Language': 'en-GB' }),
      get(path, { Accept: 'text/plain' }),
      get(path, { Accept: 'text/plain, text/html;q=0.1' }),
      get(path, { Accept: 'image/png' }),
      get(path, { 'Accept-Encoding': 'gzip', 'Accept-Language': 'fr' }),
      get(path, { 'Accept-Charset': 'koi8-r' }),
      get(path, { 'Accept-Encoding': 'identity;q=0, gzip' }),
      get(path, { Negotiate: 'trans' }),
      get(path, { Negotiate: '1.0', Accept: 'text/html', 'Accept-Language': 'de', 'Accept-Charset': '*' }),
      get(path, { Negotiate: '1.0', Accept: 'text/*', 'Accept-Language': 'de' }),
      get(path, { Negotiate: '*', 'Accept-Language': 'de' }),
      get(`${path}?query`),
    ]),
  },
  {
    name: 'Levels of a type',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [get('/levels.var'), ...levelTypes.map((type) => get('/levels.var', { Accept: type }))],
  },
  {
    name: 'Bodies inside of a type map',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [
      get('/bodies.var'),
      get('/bodies.var', { 'Accept-Language': 'de' }),
      get('/bodies.var', { Accept: 'text/css', 'Accept-Encoding': 'gzip' }),
      get('/bodies.var', { Accept: 'image/png' }),
      get('/bodies.var', { Accept: 'image/gif' }),
      get('/bodies.var', { Negotiate: 'trans' }),
      get('/bodies.var/info'),
      { request: 'HEAD /bodies.var' },
      { request: 'POST /bodies.var', body: 'x' },
      { request: 'PUT /bodies.var', body: 'x', differs: 'Allow' },
      { request: 'OPTIONS /bodies.var', differs: 'Allow' },
      get('/bodies.var', { Range: 'bytes=0-3' }),
      get('/bodies.var', { 'If-None-Match': '*' }),
    ],
  },
  {
    name: 'Variants in other folders, missing ones, and maps that lead to maps',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [
      ...['en', 'de', 'fr', 'it'].map((language) => get('/far.var', { 'Accept-Language': language })),
      { ...get('/far.var', { 'Accept-Language': 'es' }), differs: 'variants in other folders, in Alternates' },
      get('/missing.var'),
      get('/missing.var', { Negotiate: 'trans' }),
      get('/chain.var'),
      get('/untyped.var'),
      get('/untyped.var', { Accept: 'image/png' }),
      get('/zero.var'),
      get('/empty.var'),
      get('/comments.var'),
      get('/space.var'),
      get('/space.var', { Negotiate: 'trans' }),
      get('/nothing.var'),
    ],
  },
  {
    name: 'Path info goes on to the variant',
    plugin: 'negotiation',
    config: `${config}\nAcceptPathInfo On`,
    files,
    random,
    requests: [get('/page.var/info'), get('/page.var/in%20fo?q=1'), get('/page.var/'), get('/bodies.var/a/b')],
  },
  {
    name: 'A type map under MultiViews',
    plugin: 'negotiation',
    config: `${config}\n<Directory @ROOT@/htdocs>\nOptions MultiViews\n</Directory>`,
    files: {
      'htdocs/map.var':
        'URI: map.en.html\nContent-Type: text/html\nContent-Language: en\n\nURI: other.html\nContent-Type: text/html;qs=0.9\nContent-Language: de\n',
      'htdocs/other.html': 'other\n',
      'htdocs/map.en.html': 'map\n',
      'htdocs/recursive.var': 'URI: multi\nContent-Type: text/html\n',
      'htdocs/multi.en.html': 'multi\n',
      'htdocs/multi.de.html': 'multi\n',
    },
    random,
    requests: [
      get('/map'),
      get('/map', { 'Accept-Language': 'de' }),
      get('/map', { 'Accept-Language': 'fr' }),
      get('/map', { Negotiate: 'trans' }),
      get('/map.var', { 'Accept-Language': 'de' }),
      get('/recursive.var'),
      get('/recursive'),
    ],
  },
  {
    name: 'A type map for clients of HTTP/1.0',
    plugin: 'negotiation',
    config,
    files,
    random: [...random, /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} 2\d{3} \d{2}:\d{2}:\d{2} GMT/],
    requests: [
      { request: 'GET /page.var HTTP/1.0' },
      { request: 'GET /page.var HTTP/1.0', headers: { Accept: 'image/png' } },
    ],
  },
  {
    name: 'What was negotiated may be kept by caches of HTTP/1.0 under CacheNegotiatedDocs',
    plugin: 'negotiation',
    config: `${config}\nCacheNegotiatedDocs On`,
    files,
    random,
    requests: [{ request: 'GET /page.var HTTP/1.0' }, { request: 'GET /bodies.var HTTP/1.0' }],
  },
  {
    name: 'LanguagePriority counts for type maps, too',
    plugin: 'negotiation',
    config: `${config}\nLanguagePriority de en\nForceLanguagePriority Prefer Fallback`,
    files: {
      ...files,
      'htdocs/same.var':
        'URI: page.en.html\nContent-Type: text/html\nContent-Language: en\n\nURI: page.de.html\nContent-Type: text/html\nContent-Language: de\n',
    },
    random,
    requests: [
      get('/same.var'),
      ...['en, de', 'es', 'en', '*'].map((language) => get('/same.var', { 'Accept-Language': language })),
    ],
  },
  ...nonsense.map(([what, text]): ComparisonCase => ({
    name: `A type map with ${what}`,
    plugin: 'negotiation',
    config,
    files: { 'htdocs/bad.var': text, 'htdocs/a.html': 'a' },
    requests: [get('/bad.var')],
  })),
  {
    name: 'A type map that Apache reads up to the nonsense',
    plugin: 'negotiation',
    config,
    files: {
      'htdocs/length.var': 'URI: a.html\nContent-Type: text/html\nContent-Length: many\n',
      'htdocs/tag.var': 'URI: a.html\nContent-Type: text/html\n\nContent-Type: text/plain\nBody:tag\ntext\n',
      'htdocs/a.html': 'a',
    },
    requests: [
      {
        ...get('/length.var'),
        differs: 'a type map with a Content-Length that is no number, or a Body without its end',
      },
      { ...get('/tag.var'), differs: 'a type map with a Content-Length that is no number, or a Body without its end' },
    ],
  },
  ...refused.map((line): ComparisonCase => ({
    name: `Refused: ${line.replaceAll('\n', ' ')}`,
    plugin: 'negotiation',
    config: line,
    refused: true,
    requests: [],
  })),
];
