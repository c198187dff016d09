import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n'.repeat(40);
const long = 'a longer text that is compressed piece by piece\n'.repeat(5_000);
const files = {
  'htdocs/a.txt': text,
  'htdocs/a.html': `<p>${text}`,
  'htdocs/a.css': `p { }\n`.repeat(30),
  'htdocs/long.txt': long,
  'htdocs/empty.txt': '',
  'htdocs/tiny.txt': 'x',
};
const accepting = 'what Accept-Encoding says';

function ask(request: string, accepted: string | undefined, differs?: string): ComparisonRequest {
  const headers: Record<string, string> = accepted === undefined ? {} : { 'Accept-Encoding': accepted };
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

function brotli(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return { name, plugin: 'brotli', modules: ['brotli', 'deflate'], config, files, requests };
}

const byType = 'AddOutputFilterByType BROTLI_COMPRESS text/plain text/html';

export const cases: readonly ComparisonCase[] = [
  brotli('AddOutputFilterByType BROTLI_COMPRESS', byType, [
    ask('GET /a.txt', 'br'),
    ask('GET /a.html', 'br'),
    ask('GET /a.css', 'br'),
    ask('GET /long.txt', 'br'),
    ask('GET /a.txt', undefined),
    ask('GET /tiny.txt', 'br', 'a small body and brotli'),
    ask('GET /missing', 'br'),
    ask('HEAD /a.txt', 'br'),
    ask('HEAD /long.txt', 'br'),
  ]),
  brotli('SetOutputFilter BROTLI_COMPRESS', 'SetOutputFilter BROTLI_COMPRESS', [
    ask('GET /a.txt', 'br'),
    ask('GET /a.css', 'br'),
    ask('GET /a.css', 'gzip'),
  ]),
  brotli('What Accept-Encoding says', byType, [
    ...[
      'br',
      'BR',
      'gzip, br',
      'br;q=1',
      'br;q=0.5',
      'gzip;q=1, br;q=0.001',
      'br;q=0',
      'br;q=0.0',
      'br; q=0.000, gzip',
      'gzip',
      'brotli',
      'identity',
      '',
    ].map((accepted) => ask('GET /a.txt', accepted)),
    ...['*', 'identity;q=1, br;q=0.5'].map((accepted) => ask('GET /a.txt', accepted, accepting)),
  ]),
  brotli('Brotli before gzip', 'AddOutputFilterByType BROTLI_COMPRESS;DEFLATE text/plain', [
    ask('GET /a.txt', 'gzip, deflate, br'),
    ask('GET /a.txt', 'gzip, deflate'),
    ask('GET /a.txt', 'br'),
    ask('GET /a.txt', 'br;q=0, gzip'),
    ask('GET /a.txt', 'gzip;q=0, br'),
    ask('GET /a.txt', 'deflate'),
    ask('GET /a.html', 'gzip, br'),
    ask('HEAD /a.txt', 'gzip, br'),
  ]),
  brotli('Gzip before brotli', 'SetOutputFilter DEFLATE;BROTLI_COMPRESS', [
    ask('GET /a.txt', 'gzip, br'),
    ask('GET /a.txt', 'br'),
    ask('GET /a.txt', 'gzip'),
    ask('GET /a.txt', undefined),
  ]),
  ...['AddSuffix', 'NoChange', 'Remove'].map((word) =>
    brotli(`BrotliAlterETag ${word}`, `${byType}\nBrotliAlterETag ${word}`, [
      ask('GET /a.txt', 'br'),
      ask('GET /a.txt', 'gzip'),
      ask('HEAD /a.txt', 'br'),
    ]),
  ),
  brotli(
    'Quality, window and block',
    `${byType}\nBrotliCompressionQuality 11\nBrotliCompressionWindow 10\nBrotliCompressionMaxInputBlock 16`,
    [ask('GET /a.txt', 'br'), ask('GET /long.txt', 'br')],
  ),
  brotli('The lowest quality', `${byType}\nBrotliCompressionQuality 0`, [
    ask('GET /a.txt', 'br'),
    ask('GET /long.txt', 'br'),
  ]),
  brotli('The variable no-brotli', `${byType}\nSetEnvIf Request_URI a\\.txt no-brotli`, [
    ask('GET /a.txt', 'br'),
    ask('GET /a.html', 'br'),
  ]),
  brotli('The variables of gzip', `${byType}\nSetEnvIf Request_URI . no-gzip force-gzip`, [
    ask('GET /a.txt', 'br'),
    ask('GET /a.txt', undefined),
  ]),
  ...[
    'BrotliCompressionQuality 12',
    'BrotliCompressionQuality -1',
    'BrotliCompressionWindow 9',
    'BrotliCompressionWindow 25',
    'BrotliCompressionMaxInputBlock 15',
    'BrotliCompressionMaxInputBlock 25',
    'BrotliAlterETag perhaps',
    'BrotliFilterNote Nothing note',
    'BrotliCompressionQuality',
    'AddOutputFilterByType BROTLI text/plain',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'brotli',
    modules: ['brotli'],
    config: line,
    refused: true as const,
    requests: [],
  })),
];
