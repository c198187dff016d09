import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const names = [
  'page.html',
  'Page.HTML',
  'page.html.en',
  'page.en.html',
  'page.en.fr.html',
  'page.html.gz',
  'page.gz.html',
  'page.html.gz.br',
  'page.html.u8',
  'page.u8.latin.html',
  'page.txt.html',
  'page.html.txt',
  'page.unheard',
  'page.html.unheard',
  'page..html',
  'page.html.',
  'page',
  'html',
  'page.special',
  'page.pt-br.html',
  'page.Up',
  'page.typed',
  'page.typed.u8',
];

const files = Object.fromEntries(names.map((name) => [`htdocs/${name}`, `${name}\n`]));
const get = names.map((name) => asking('', name));

const adds = `
AddLanguage en .en
AddLanguage fr fr
AddLanguage pt-BR .pt-br
AddEncoding x-gzip .gz
AddEncoding br br
AddCharset UTF-8 .u8
AddCharset iso-8859-1 latin
AddType text/X-Special special .UP
AddType "text/x-typed; charset=koi8-r; a=b" .typed
`;

/** Lines, and the files whose answers they change. */
const lines: readonly [string, readonly string[]][] = [
  ['DefaultLanguage en', ['page.html', 'page.fr.html', 'page.unheard']],
  ['DefaultLanguage pt-BR', ['page.html']],
  ['AddType text/x-a .html\nAddType text/x-b .html', ['page.html']],
  ['AddType text/x-a html htm\nRemoveType .htm', ['page.html', 'page.htm']],
  ['RemoveType .html\nAddType text/x-a .html', ['page.html']],
  ['RemoveType .html', ['page.html', 'page.html.txt']],
  ['RemoveType html .TXT', ['page.html', 'page.txt.html', 'a.txt']],
  ['AddLanguage en .x\nAddLanguage fr .y\nRemoveLanguage x', ['page.x.html', 'page.y.html']],
  ['AddEncoding gzip .x\nRemoveEncoding .x', ['page.html.x']],
  ['AddCharset utf-8 .html\nRemoveCharset .html', ['page.html']],
  ['AddCharset utf-8 .html\nAddDefaultCharset koi8-r', ['page.html', 'a.txt']],
  ['AddCharset utf-8 .html .txt', ['page.html', 'a.txt', 'page.unheard']],
  ['AddType "text/x-a;charset=one" .a\nAddCharset two .b', ['page.a', 'page.a.b', 'page.b.a']],
  ['AddLanguage en .x .y\nAddCharset utf-8 .x', ['page.x.html', 'page.x.y.html', 'page.y.x.html']],
  ['TypesConfig @ROOT@/types', ['page.html', 'page.zz', 'page.YY', 'page.ignored', 'a.txt']],
  ['TypesConfig types\nAddType text/x-own .zz\nRemoveType yy', ['page.zz', 'page.yy']],
];

function asking(config: string, name: string): ComparisonRequest {
  const request = `GET /${name}`;
  const isForgotten = /Remove(?:Language|Encoding|Charset)/.test(config) && /^page\.(?:x\.|html)/.test(name);
  return isForgotten ? { request, differs: 'RemoveLanguage and its kin in the server config' } : { request };
}

const types = '# comment text/x-c ignored\ntext/x-zz\tzz  YY\n\ntext/x-alone\ntext/x-later html\ntext/x-last html\n';

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Extensions mean types, languages, encodings and charsets',
    plugin: 'mime',
    config: adds,
    files,
    requests: get,
  },
  ...lines.map(([config, asked]): ComparisonCase => {
    return {
      name: `Extensions under ${config.replaceAll('\n', ', ')}`,
      plugin: 'mime',
      config,
      files: { ...Object.fromEntries(asked.map((name) => [`htdocs/${name}`, name])), types },
      requests: asked.map((name) => asking(config, name)),
    };
  }),
  {
    name: 'What a folder says about an extension lies over what holds outside, each thing by itself',
    plugin: 'mime',
    config: `
AddType text/x-outer .x .y
AddLanguage en .x
AddCharset utf-8 .x
RemoveLanguage .z
<Directory @ROOT@/htdocs/in>
  AddType text/x-inner .x
  AddLanguage fr .z
  RemoveCharset .x
  RemoveType .y
</Directory>
<Location /in/deep>
  AddCharset koi8-r .x
  AddType text/x-deep .y
  RemoveLanguage .x
</Location>`,
    files: {
      ...Object.fromEntries(
        ['', 'in/', 'in/deep/'].flatMap((folder) =>
          ['x', 'y', 'z.html'].map((end) => [`htdocs/${folder}a.${end}`, 'text']),
        ),
      ),
      'htdocs/in/deep/.htaccess': 'AddLanguage de .y\n',
    },
    requests: ['', 'in/', 'in/deep/'].flatMap((folder) => ['x', 'y', 'z.html'].map((end) => `GET /${folder}a.${end}`)),
  },
  {
    name: 'ForceType and SetHandler None',
    plugin: 'mime',
    config: `
AddCharset utf-8 .html
AddLanguage en .en
AddHandler send-as-is .asis
<Directory @ROOT@/htdocs/forced>
  ForceType text/x-forced
</Directory>
<Directory @ROOT@/htdocs/forced/not>
  ForceType None
</Directory>
<Directory @ROOT@/htdocs/all>
  SetHandler send-as-is
</Directory>
<Directory @ROOT@/htdocs/all/none>
  SetHandler None
</Directory>`,
    modules: ['asis'],
    files: {
      'htdocs/forced/a.en.html': 'html',
      'htdocs/forced/a': 'nothing',
      'htdocs/forced/not/a.en.html': 'html',
      'htdocs/a.asis': 'Content-Type: text/x-asis\n\nbody',
      'htdocs/all/a.txt': 'Content-Type: text/x-asis\n\nbody',
      'htdocs/all/none/a.txt': 'Content-Type: text/x-asis\n\nbody',
      'htdocs/all/none/a.asis': 'Content-Type: text/x-asis\n\nbody',
    },
    requests: [
      'GET /forced/a.en.html',
      'GET /forced/a',
      'GET /forced/not/a.en.html',
      'GET /a.asis',
      'GET /all/a.txt',
      'GET /all/none/a.txt',
      'GET /all/none/a.asis',
    ],
  },
  {
    name: 'ModMimeUsePathInfo reads the extensions behind the file',
    plugin: 'mime',
    config: `
AcceptPathInfo On
AddLanguage en .en
<Directory @ROOT@/htdocs/on>
  ModMimeUsePathInfo On
</Directory>`,
    files: { 'htdocs/on/a.html': 'a', 'htdocs/off/a.html': 'a' },
    requests: ['on', 'off'].flatMap((folder) =>
      ['', '/x.txt', '/x.en', '/x/y', '/x.css/y', '/.css'].map((info) => `GET /${folder}/a.html${info}`),
    ),
  },
  {
    name: 'A handler by extension; the last one counts, and RemoveHandler takes it away',
    plugin: 'mime',
    modules: ['asis'],
    config: `
AddHandler SEND-AS-IS .asis .too
<Directory @ROOT@/htdocs/in>
  RemoveHandler asis
</Directory>`,
    files: Object.fromEntries(
      ['a.asis', 'a.asis.txt', 'a.txt.too', 'in/a.asis', 'in/a.too'].map((name) => [
        `htdocs/${name}`,
        'Content-Type: text/x-asis\n\nbody',
      ]),
    ),
    requests: ['GET /a.asis', 'GET /a.asis.txt', 'GET /a.txt.too', 'GET /in/a.asis', 'GET /in/a.too'],
  },
  ...[
    'AddType text/html',
    'AddLanguage',
    'RemoveType',
    'DefaultLanguage',
    'DefaultLanguage en fr',
    'TypesConfig',
    'TypesConfig one two',
    'MultiviewsMatch Some',
    'MultiviewsMatch Handlers Any',
    '<Directory />\nForceType\n</Directory>',
    '<Directory />\nModMimeUsePathInfo maybe\n</Directory>',
    '<Directory />\nTypesConfig types\n</Directory>',
  ].map((config): ComparisonCase => ({
    name: `Refused: ${config.replaceAll('\n', ' ')}`,
    plugin: 'mime',
    config,
    refused: true,
    requests: [],
  })),
];
