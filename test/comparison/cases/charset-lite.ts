import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const german = 'Grüße aus Köln: Äpfel, Öl, Übung, ß\n';
const russian = 'Привет, мир: Ёлка\n';
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const koi8 = Uint8Array.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x2c, 0x20, 0xcd, 0xc9, 0xd2, 0x0a]);
const cp1251 = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0, 0x0a]);
const euro = Uint8Array.from([0x80, 0x20, 0x93, 0x71, 0x94, 0x0a]);

const files = {
  'htdocs/latin.txt': latin(german),
  'htdocs/latin.html': latin(`<p>${german}</p>`),
  'htdocs/latin.json': latin(`"${german}"`),
  'htdocs/latin': latin(german),
  'htdocs/long.txt': latin(german.repeat(3_000)),
  'htdocs/utf.txt': german,
  'htdocs/long-utf.txt': `x${german.repeat(2_000)}`,
  'htdocs/russian.txt': russian,
  'htdocs/koi8.txt': koi8,
  'htdocs/cp1251.txt': cp1251,
  'htdocs/euro.txt': euro,
  'htdocs/ascii.txt': 'plain\n',
  'htdocs/empty.txt': '',
};

/** Sluice says in the head which charset the body has now, for which there is a row; here it is said for both. */
function charset(
  from: string,
  to: string,
  requests: ComparisonCase['requests'],
  more = '',
  name = `From ${from} to ${to} ${more}`.trim().replaceAll('\n', ' | '),
): ComparisonCase {
  const config = `CharsetSourceEnc ${from}\nCharsetDefault ${to}\nAddDefaultCharset ${to}\n${withoutValidators}${more}`;
  return { name, plugin: 'charset_lite', modules, config, files, requests };
}

const modules = ['charset_lite', 'reflector', 'substitute', 'deflate', 'include'];
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';
const mirror =
  '<Location /mirror>\nSetHandler reflector\nSetOutputFilter SUBSTITUTE\nCharsetOptions NoImplicitAdd\n</Location>';
const all = Object.keys(files).map((file) => `GET /${file.slice('htdocs/'.length)}`);

function post(body: string | Uint8Array, type = 'text/plain'): ComparisonRequest {
  return { request: 'POST /mirror', headers: { 'Content-Type': type }, body };
}

export const cases: readonly ComparisonCase[] = [
  charset('iso-8859-1', 'utf-8', [
    'GET /latin.txt',
    'GET /latin.html',
    'GET /latin.json',
    'GET /latin',
    'GET /long.txt',
    'GET /ascii.txt',
    'GET /empty.txt',
    'GET /missing',
  ]),
  charset('ISO-8859-1', 'UTF-8', ['GET /latin.txt'], 'CharsetOptions TranslateAllMimeTypes'),
  charset('utf-8', 'iso-8859-1', ['GET /utf.txt', 'GET /long-utf.txt', 'GET /ascii.txt']),
  charset('utf-8', 'utf-16le', ['GET /utf.txt', 'GET /russian.txt']),
  charset('utf-8', 'koi8-r', ['GET /russian.txt']),
  charset('utf-8', 'windows-1251', ['GET /russian.txt']),
  charset('utf-8', 'iso-8859-5', ['GET /russian.txt']),
  charset('koi8-r', 'utf-8', ['GET /koi8.txt', 'GET /ascii.txt']),
  charset('koi8-r', 'windows-1251', [
    'GET /koi8.txt',
    { request: 'HEAD /ascii.txt', differs: 'HEAD of a body that a filter has changed' },
  ]),
  charset('windows-1251', 'koi8-r', ['GET /cp1251.txt']),
  charset('windows-1252', 'utf-8', ['GET /euro.txt', 'GET /latin.txt']),
  charset('iso-8859-15', 'utf-8', ['GET /latin.txt']),
  charset('utf-8', 'UTF-8', all, '', 'The same charset twice'),
  charset(
    'iso-8859-1',
    'utf-8',
    ['GET /latin.txt', 'GET /latin.json', 'GET /latin'],
    'CharsetOptions TranslateAllMimeTypes',
    'All types',
  ),
  charset('iso-8859-1', 'utf-8', ['GET /latin.txt'], 'CharsetOptions NoImplicitAdd', 'Only where the filter is named'),
  charset(
    'iso-8859-1',
    'utf-8',
    ['GET /latin.txt'],
    'CharsetOptions NoImplicitAdd\nSetOutputFilter XLATEOUT',
    'The filter is named',
  ),
  charset('iso-8859-1', 'utf-8', ['GET /latin.txt'], 'SetOutputFilter XLATEOUT', 'The filter is named and added'),
  charset(
    'iso-8859-1',
    'utf-8',
    ['GET /latin.txt'],
    '<Location /latin.txt>\nCharsetOptions NoImplicitAdd\n</Location>',
    'An inner section takes an option back',
  ),
  charset(
    'iso-8859-1',
    'utf-8',
    ['GET /cp1251.txt', 'GET /latin.txt'],
    '<Files cp1251.txt>\nCharsetSourceEnc windows-1251\n</Files>',
    'An inner section names another charset',
  ),
  charset(
    'iso-8859-1',
    'utf-8',
    [{ request: 'GET /long.txt', headers: { 'Accept-Encoding': 'gzip' } }],
    'SetOutputFilter DEFLATE',
    'Compressed behind it',
  ),
  charset(
    'iso-8859-1',
    'utf-8',
    ['GET /latin.txt'],
    'SetOutputFilter SUBSTITUTE\nSubstitute s/aus/von/',
    'Behind a substitution',
  ),
  {
    ...charset('iso-8859-1', 'utf-8', []),
    name: 'The head',
    config: 'CharsetSourceEnc iso-8859-1\nCharsetDefault utf-8',
    requests: [
      { request: 'GET /latin.txt', differs: 'the charset of a body that XLATEOUT has translated' },
      'GET /latin.json',
    ],
  },
  {
    ...charset('iso-8859-1', 'utf-8', []),
    name: 'One charset only',
    config: 'CharsetSourceEnc iso-8859-1',
    requests: ['GET /latin.txt'],
  },
  charset('utf-8', 'iso-8859-1', ['GET /latin.txt', 'GET /russian.txt'], '', 'What cannot be translated'),
  charset(
    'iso-8859-1',
    'utf-8',
    [
      post('Grüße\n'),
      post('hello\n'),
      post(''),
      post('Grüße\n', 'application/json'),
      post('ü'.repeat(20_000)),
      post(latin(german)),
      post('€'),
    ],
    mirror.replace('CharsetOptions NoImplicitAdd', 'SetInputFilter XLATEIN\nCharsetOptions NoImplicitAdd'),
    'Request bodies',
  ),
  charset(
    'utf-8',
    'koi8-r',
    [post(koi8), post(russian)],
    mirror.replace('CharsetOptions', 'SetInputFilter XLATEIN\nCharsetOptions'),
    'Request bodies in KOI8-R',
  ),
  charset(
    'iso-8859-1',
    'utf-8',
    [post('Grüße\n')],
    mirror.replace('CharsetOptions NoImplicitAdd\n', ''),
    'Both ways at once',
  ),
  ...['CharsetSourceEnc', 'CharsetSourceEnc a b', 'CharsetDefault', 'CharsetOptions Sometimes', 'CharsetOptions'].map(
    (line) => ({
      name: `A bad line: ${line}`,
      plugin: 'charset_lite',
      modules,
      config: line,
      refused: true as const,
      requests: [],
    }),
  ),
];
