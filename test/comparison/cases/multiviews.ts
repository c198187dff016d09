import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

/** Apache loses the last quote of a negotiated answer's tag. */
const random = [/;[0-9a-f-]+"?$/];

const config = `
AddLanguage en .en
AddLanguage en-GB .en-gb
AddLanguage de .de
AddLanguage fr .fr
AddLanguage pt-BR .pt-br
AddEncoding x-gzip .gz
AddEncoding br .br
AddCharset utf-8 .utf8
AddCharset iso-8859-1 .latin1
AddCharset koi8-r .koi8
<Directory @ROOT@/htdocs>
  Options MultiViews
</Directory>`;

const names = [
  'lang.html.en',
  'lang.html.de',
  'lang.html.fr',
  'british.en-gb.html',
  'british.fr.html',
  'some.html',
  'some.de.html',
  'type.html',
  'type.txt',
  'type.json',
  'type.png',
  'zip.html',
  'zip.html.gz',
  'zip.html.br',
  'onlyzip.html.gz',
  'char.utf8.txt',
  'char.koi8.txt',
  'char.latin1.txt',
  'char2.txt',
  'char2.utf8.txt',
  'size.de.html',
  'two.en.de.html',
  'two.fr.html',
  'one.html',
  'odd.html.unknown',
  'odd2.unknown.html',
  'none.unknown',
  'all.en.html',
  'all.de.txt',
  'all.fr.html.gz',
  'all.pt-br.utf8.txt.br',
];

const files = {
  ...Object.fromEntries(names.map((name) => [`htdocs/${name}`, `${name}\n`])),
  'htdocs/size.en.html': 'longer than the other\n',
  'htdocs/sp ace.en.html': 'english',
  'htdocs/sp ace.de.html': 'deutsch',
  'htdocs/folder.html/index.html': 'in',
  'htdocs/deep/lang.en.html': 'deep',
  'htdocs/deep/lang.de.html': 'tief',
};

function get(path: string, headers: Readonly<Record<string, string>> = {}): ComparisonRequest {
  return { request: `GET ${path}`, headers };
}

const languages = [
  'en',
  'de',
  'fr',
  'en-us',
  'en-GB',
  'EN, de;q=0.5',
  'de;q=0.5, en;q=0.3',
  'es',
  'es, *;q=0.1',
  '*',
  '*;q=0.5, de',
  'de;q=0, *',
  'en;q=0, de;q=0, fr;q=0',
  'fr;q=0.001, de;q=0.0009',
  'pt, en-us;q=0.5',
  'd',
  '',
  ',',
  ';;;q=',
  'de ; q = 0.2 , fr ; q=.3',
  'de;q=1.5, en;q=0.999',
  'de;q=-1, en;q=x',
  'de;q="0.1", fr;q="0.2"',
  'en de fr',
  '"en", de',
];

const types = [
  'text/html',
  'text/plain',
  'application/json',
  'image/png',
  'text/*',
  '*/*',
  'text/html, */*',
  'text/html;q=0.5, */*;q=0.6',
  'text/plain, text/*;q=0.5',
  'TEXT/Plain',
  'image/*, text/html;q=0.9',
  'text/html;level=1',
  'text/html;level=3',
  'application/xml',
  'application/xml, text/*;q=0.1',
  '*',
  'text/plain;q=0, */*',
  'text/html;q=0.5;q=0.7, text/plain;q=0.6',
  '',
  'nonsense',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
];

const encodings = [
  'gzip',
  'x-gzip',
  'br',
  'gzip, br',
  'gzip;q=0.5, br',
  'identity',
  'identity;q=0, *',
  '*',
  '*;q=0',
  '',
  'deflate',
  'gzip;q=0',
  'GZIP',
  'gzip;q=0.1, identity;q=0.2',
];

const charsets = [
  'utf-8',
  'koi8-r',
  'iso-8859-1',
  'UTF-8',
  '*',
  'utf-8;q=0.5, koi8-r',
  'us-ascii',
  'utf-8;q=0, *;q=0.2',
  'x, *;q=0',
];

const negotiate = ['trans', 'vlist', '1.0', '*', 'trans, 1.0', '1.0, *', '2.1', 'guess-small', 'nonsense', '', 'TRANS'];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'MultiViews by language',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [
      get('/lang'),
      get('/lang.html'),
      ...languages.map((language) => get('/lang', { 'Accept-Language': language })),
      ...['en', 'en-US', 'fr', 'de'].map((language) => get('/british', { 'Accept-Language': language })),
      ...['de', 'en', '', 'fr, de;q=0.1'].map((language) => get('/some', { 'Accept-Language': language })),
      ...['de', 'en', 'fr', 'en;q=0.2, fr;q=0.3', 'de;q=0.2, en;q=0.4, fr;q=0.3'].map((language) =>
        get('/two', { 'Accept-Language': language }),
      ),
    ],
  },
  {
    name: 'MultiViews by type',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [get('/type'), ...types.map((type) => get('/type', { Accept: type }))],
  },
  {
    name: 'MultiViews by encoding',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [
      get('/zip'),
      get('/onlyzip'),
      ...encodings.map((encoding) => get('/zip', { 'Accept-Encoding': encoding })),
      ...['gzip', 'x-gzip', 'br', '*'].map((encoding) => get('/onlyzip', { 'Accept-Encoding': encoding })),
      ...['gzip', 'x-gzip, gzip', 'x-gzip'].map((encoding) => get('/zip.html.gz', { 'Accept-Encoding': encoding })),
    ],
  },
  {
    name: 'MultiViews by charset',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: ['/char', '/char2'].flatMap((path) => [
      get(path),
      ...charsets.map((charset) => get(path, { 'Accept-Charset': charset })),
    ]),
  },
  {
    name: 'Transparent negotiation with MultiViews',
    plugin: 'negotiation',
    config,
    files,
    random,
    requests: [
      ...negotiate.map((words) => get('/lang', { Negotiate: words })),
      ...negotiate.map((words) =>
        get('/all', { Negotiate: words, Accept: 'text/html, text/plain;q=0.5', 'Accept-Language': 'en, de' }),
      ),
      get('/lang', { Negotiate: 'trans', 'User-Agent': 'Lynx/2.8' }),
      get('/lang', { Negotiate: 'trans, trans', 'User-Agent': 'Lynx/2.8' }),
      get('/lang', { Negotiate: '1.0', Accept: 'text/html', 'Accept-Language': 'de' }),
      get('/lang', { Negotiate: '1.0', Accept: 'text/html', 'Accept-Language': 'de, *;q=0.5' }),
      get('/lang', { Negotiate: '1.0', Accept: 'text/*', 'Accept-Language': 'de' }),
      get('/zip', { Negotiate: '1.0', Accept: 'text/html', 'Accept-Encoding': 'br' }),
      get('/sp%20ace', { Negotiate: 'vlist' }),
    ],
  },
  {
    name: 'MultiViews with other methods, queries and path info',
    plugin: 'negotiation',
    config: `${config}\nAcceptPathInfo On`,
    files,
    random,
    requests: [
      { request: 'HEAD /lang', headers: { 'Accept-Language': 'fr' } },
      get('/lang?query=1', { 'Accept-Language': 'fr' }),
      get('/lang/info', { 'Accept-Language': 'fr' }),
      get('/lang/info/more?q', { 'Accept-Language': 'es' }),
      get('/lang/', { 'Accept-Language': 'fr' }),
      get('/one/info'),
      get('/sp%20ace'),
      get('/deep/lang', { 'Accept-Language': 'de' }),
      get('/deep/lan'),
      get('/Lang'),
      get('/one'),
      get('/one.'),
      get('/odd'),
      get('/odd2'),
      get('/odd2.unknown'),
      get('/odd.unknown'),
      get('/odd.html'),
      get('/none'),
      get('/none.unknown'),
      get('/folder'),
      get('/nothing'),
      get('/nothing/at/all'),
      get('/size'),
      get('/size', { 'Accept-Language': '*' }),
      get('/lang', { 'Accept-Language': 'de', 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' }),
      get('/lang%2e'),
      get('/.'),
      get('/..%2flang'),
    ],
  },
  {
    name: 'The tag of a negotiated answer',
    plugin: 'negotiation',
    config,
    files,
    requests: [{ ...get('/lang'), differs: 'the ETag of a negotiated answer' }],
  },
  {
    name: 'Only those who ask HTTP/1.1 caches',
    plugin: 'negotiation',
    config,
    files,
    random: [...random, /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} 2\d{3} \d{2}:\d{2}:\d{2} GMT/],
    requests: [
      { request: 'GET /lang HTTP/1.0', differs: 'answers for HTTP/1.0 that MultiViews chose' },
      { request: 'GET /one HTTP/1.0' },
      {
        request: 'GET /lang HTTP/1.0',
        headers: { 'Accept-Language': 'es' },
      },
    ],
  },
  ...['None', 'Prefer', 'Fallback', 'Prefer Fallback', 'fallback prefer', undefined].map((force): ComparisonCase => ({
    name: `LanguagePriority under ForceLanguagePriority ${force ?? 'unset'}`,
    plugin: 'negotiation',
    config: `${config}\nLanguagePriority fr en\nLanguagePriority de\n${force === undefined ? '' : `ForceLanguagePriority ${force}`}`,
    files,
    random,
    requests: [
      get('/lang'),
      ...['es', '*', 'de, en', 'de, *', 'en-us', 'fr;q=0', 'en;q=0, fr;q=0, de;q=0'].map((language) =>
        get('/lang', { 'Accept-Language': language }),
      ),
      get('/british', { 'Accept-Language': 'es' }),
      get('/some'),
      get('/some', { 'Accept-Language': 'es' }),
    ],
  })),
  {
    name: 'The environment can forbid encodings and prefer a language',
    plugin: 'negotiation',
    config: `${config}
SetEnvIf X-No . no-gzip
SetEnvIf X-Html . gzip-only-text/html
SetEnvIf X-Prefer (.+) prefer-language=$1`,
    files: { ...files, 'htdocs/text.txt': 'text', 'htdocs/text.txt.gz': 'zipped' },
    random,
    requests: [
      get('/zip', { 'Accept-Encoding': 'gzip', 'X-No': '1' }),
      get('/onlyzip', { 'Accept-Encoding': 'gzip', 'X-No': '1' }),
      get('/zip', { 'Accept-Encoding': 'gzip', 'X-Html': '1' }),
      get('/text', { 'Accept-Encoding': 'gzip', 'X-Html': '1' }),
      get('/text', { 'Accept-Encoding': 'gzip' }),
      get('/lang', { 'X-Prefer': 'fr' }),
      get('/lang', { 'X-Prefer': 'fr', 'Accept-Language': 'de' }),
      get('/lang', { 'X-Prefer': 'es', 'Accept-Language': 'de' }),
      get('/lang', { 'X-Prefer': 'FR', 'Accept-Language': 'de' }),
      get('/some', { 'X-Prefer': 'de', 'Accept-Language': 'en' }),
      get('/some', { 'X-Prefer': 'en', 'Accept-Language': 'de' }),
      get('/two', { 'X-Prefer': 'de' }),
    ],
  },
  ...['NegotiatedOnly', 'Handlers', 'Filters', 'Handlers Filters', 'Any'].map((match): ComparisonCase => ({
    name: `MultiviewsMatch ${match}`,
    plugin: 'negotiation',
    modules: ['asis'],
    config: `${config}\nAddHandler send-as-is .asis\nAddOutputFilter BYTERANGE .filtered\nMultiviewsMatch ${match}`,
    files: {
      'htdocs/h.html.asis': 'Content-Type: text/html\n\nas is',
      'htdocs/alone.asis': 'Content-Type: text/html\n\nalone',
      'htdocs/f.html.filtered': 'filtered',
      'htdocs/any.html.whatever': 'any',
      'htdocs/untyped.whatever': 'any',
    },
    random,
    requests: [
      get('/h'),
      get('/alone'),
      get('/f'),
      get('/any'),
      get('/untyped'),
      get('/any.whatever'),
      get('/alone?q'),
    ],
  })),
  {
    name: 'Where MultiViews is switched off, and what may not be had',
    plugin: 'negotiation',
    config: `${config}
<Directory @ROOT@/htdocs/off>
  Options -MultiViews
</Directory>
<Directory @ROOT@/htdocs/all>
  Options All
</Directory>
<FilesMatch "\\.fr\\.">
  Require all denied
</FilesMatch>
<Files "closed.*">
  Require all denied
</Files>
<Location /deep/lang.de.html>
  Require all denied
</Location>`,
    files: {
      ...files,
      'htdocs/off/a.html': 'a',
      'htdocs/all/a.html': 'a',
      'htdocs/access/.htaccess': 'Options +MultiViews\nLanguagePriority de\nAddLanguage de .html\n',
      'htdocs/access/a.html': 'a',
      'htdocs/access/a.en.txt': 'a',
      'htdocs/closed.html': 'closed',
      'htdocs/index.en.html': 'index',
      'htdocs/index.de.html': 'Index',
    },
    random,
    requests: [
      get('/off/a'),
      get('/all/a'),
      get('/access/a'),
      get('/access/a', { Accept: 'text/plain' }),
      get('/closed'),
      get('/british'),
      get('/two', { 'Accept-Language': 'fr' }),
      get('/deep/lang', { 'Accept-Language': 'de, en;q=0.5' }),
      get('/'),
      get('/', { 'Accept-Language': 'en' }),
    ],
  },
];
