import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'hello world\n',
  'htdocs/one.txt': 'x',
  'htdocs/two.txt': 'xy',
  'htdocs/three.txt': 'xyz',
  'htdocs/empty.txt': '',
  'htdocs/a.html': '<p>Grüße</p>\n',
  'htdocs/dot.png': Uint8Array.from({ length: 256 }, (_, at) => at),
  'htdocs/plain': 'no type\n',
  'htdocs/many.txt': 'hello world, this is a line\n'.repeat(3_000),
};

/** Apache keeps what was said of the original, which has a row of its own; these lines make the rest comparable. */
const withoutValidators = 'Header unset ETag\nHeader unset Last-Modified\nHeader unset Accept-Ranges\n';
const all = Object.keys(files).map((file) => `GET /${file.slice('htdocs/'.length)}`);

function data(name: string, lines: string, requests: ComparisonCase['requests'] = all): ComparisonCase {
  const config = `${withoutValidators}${lines}`;
  return { name, plugin: 'data', modules: ['data', 'deflate', 'substitute', 'filter'], config, files, requests };
}

export const cases: readonly ComparisonCase[] = [
  data('Every body', 'SetOutputFilter DATA', [
    ...all,
    'GET /missing',
    { request: 'HEAD /a.txt', differs: 'HEAD of a body that a filter has changed' },
  ]),
  data('With a charset', 'SetOutputFilter DATA\nAddDefaultCharset utf-8\nAddCharset koi8-r .html'),
  data('By the extension', 'AddOutputFilter DATA .png', ['GET /dot.png', 'GET /a.txt']),
  data('By the type', 'AddOutputFilterByType DATA image/png', ['GET /dot.png', 'GET /a.txt']),
  data('Behind a substitution', 'SetOutputFilter SUBSTITUTE;DATA\nSubstitute s/hello/bye/', ['GET /a.txt']),
  data('Compressed behind it', 'SetOutputFilter DATA;DEFLATE', [
    { request: 'GET /many.txt', headers: { 'Accept-Encoding': 'gzip' } },
  ]),
];
