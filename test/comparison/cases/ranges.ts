import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const text = 'hello world, this is text\n';
const numbers = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(4, '0')).join('');

function ask(range: string, differs?: string, path = '/a.txt', method = 'GET'): ComparisonRequest {
  const request = `${method} ${path}`;
  const headers = { Range: range };
  return differs === undefined ? { request, headers } : { request, headers, differs };
}

function ranges(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  const files = { 'htdocs/a.txt': text, 'htdocs/n.txt': numbers, 'htdocs/empty.txt': '', 'htdocs/c.html': text };
  return { name, plugin: 'byterange', config, files, requests };
}

function list(count: number, range: (at: number) => string): string {
  return `bytes=${Array.from({ length: count }, (_, at) => range(at)).join(',')}`;
}

const blanks = 'a list of ranges with blanks, an empty first element, or something bad behind one for the whole body';

export const cases: readonly ComparisonCase[] = [
  ranges(
    'One range',
    '',
    [
      'bytes=0-0',
      'bytes=0-',
      'bytes=0-25',
      'bytes=0-26',
      'bytes=5-9',
      'bytes=25-25',
      'bytes=25-',
      'bytes=25-99',
      'bytes=-1',
      'bytes=-26',
      'bytes=-27',
      'bytes=-999999',
      'bytes=0-999999999999',
      'bytes=007-010',
      'BYTES=0-3',
      'Bytes=0-3',
    ].map((range) => ask(range)),
  ),
  ranges(
    'Bad ranges',
    '',
    [
      'bytes=',
      'bytes',
      'bytes=-',
      'bytes=-0',
      'bytes=5',
      'bytes=9-5',
      'bytes=a-b',
      'bytes=0-b',
      'bytes=0x0-3',
      'bytes=+0-3',
      'bytes=--3',
      'bytes=-3-',
      'bytes=1-2-3',
      'bytes=0-3;4-5',
      'bytes 0-3',
      'bytes =0-3',
      'byte=0-3',
      'lines=0-3',
      '0-3',
      '=0-3',
      'bytes=0-99999999999999999999',
      'bytes=99999999999999999999-',
      'bytes=0-3,x',
      'bytes=0-3,9-5',
      'bytes=,',
      'none',
      '',
    ].map((range) => ask(range)),
  ),
  ranges('Ranges outside of the file', '', [
    ...['bytes=26-', 'bytes=26-30', 'bytes=99-', 'bytes=26-,30-'].map((range) => ask(range, '416')),
    ask('bytes=0-3,99-'),
    ask('bytes=99-,0-3'),
    ask('bytes=0-3', undefined, '/empty.txt'),
    ask('bytes=0-', undefined, '/empty.txt'),
    ask('bytes=-1', undefined, '/empty.txt'),
    ask('bytes=0-3', undefined, '/missing'),
  ]),
  ranges(
    'Several ranges',
    '',
    [
      'bytes=0-3,5-6',
      'bytes=0-3,5-6,8-9,11-12',
      'bytes=0-0,25-25',
      'bytes=0-0,-1',
      'bytes=20-22,0-3',
      'bytes=0-3,4-6',
      'bytes=0-3,2-6',
      'bytes=2-6,0-3',
      'bytes=5-6,0-4',
      'bytes=0-9,3-4',
      'bytes=3-4,0-9',
      'bytes=0-3,0-3',
      'bytes=0-3,10-12,2-5',
      'bytes=0-3,,5-6',
      'bytes=0-3,5-6,',
      'bytes=0-,5-6',
      'bytes=5-6,0-',
      'bytes=5-6,-26',
      'bytes=5-6,-27',
      'bytes=1-,0-24',
      'bytes=0-20,10-25,3-5',
      'bytes=0-9,12-25,3-20',
    ].map((range) => ask(range)),
  ),
  ranges('Several ranges of types with and without a charset', 'AddDefaultCharset utf-8\nAddType text/x-own .txt', [
    ask('bytes=0-3,5-6'),
    ask('bytes=0-3,5-6', undefined, '/c.html'),
    ask('bytes=0-3', undefined, '/c.html'),
  ]),
  ranges('Blanks in a list', '', [
    ...['bytes=0-3, 5-6', 'bytes=0-3 ,5-6', 'bytes= 0-3', 'bytes=,0-3', 'bytes=0-3,\t5-6', 'bytes=0-3 '].map((range) =>
      ask(range, range === 'bytes=0-3 ' ? undefined : blanks),
    ),
    ask('bytes=0-,x', blanks),
    ask('bytes=0 -3'),
    ask('bytes=0- 3'),
  ]),
  ranges('Range bombs', '', [
    ask(list(1_000, (at) => `${at}-`)),
    ask(list(1_300, () => '0-')),
    ask(
      list(199, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(200, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(201, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(400, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(20, (at) => `5-${at + 6}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(21, (at) => `5-${at + 6}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(22, (at) => `5-${at + 6}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(20, (at) => `${900 - at}-${901 - at}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(21, (at) => `${900 - at}-${901 - at}`),
      undefined,
      '/n.txt',
    ),
    ask(
      list(22, (at) => `${900 - at}-${901 - at}`),
      undefined,
      '/n.txt',
    ),
    ask('bytes=0-3000,3500-3999,2999-3400', undefined, '/n.txt'),
    ask('bytes=0-1999,100-2100,2200-3999,50-60', undefined, '/n.txt'),
  ]),
  ranges('HEAD and ranges', '', [
    ask('bytes=0-3', 'ranges', '/a.txt', 'HEAD'),
    ask('bytes=99-', 'ranges', '/a.txt', 'HEAD'),
  ]),
  ranges('MaxRanges none', 'MaxRanges none', [
    ask('bytes=0-3'),
    ask('bytes=99-', 'a range outside of the file under MaxRanges none'),
    'GET /a.txt',
    'HEAD /a.txt',
  ]),
  ranges('MaxRanges 2', 'MaxRanges 2', [
    ask('bytes=0-3'),
    ask('bytes=0-3,5-6'),
    ask('bytes=0-3,5-6,8-9'),
    ask('bytes=0-3,4-5,8-9'),
  ]),
  ranges('MaxRanges unlimited', 'MaxRanges unlimited', [
    ask(
      list(400, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
  ]),
  ranges('MaxRanges default', 'MaxRanges default', [
    ask(
      list(201, (at) => `${at * 4}-${at * 4}`),
      undefined,
      '/n.txt',
    ),
  ]),
  ranges('MaxRangeOverlaps none', 'MaxRangeOverlaps none', [
    ask('bytes=0-3,2-5'),
    ask('bytes=0-3,4-5'),
    ask('bytes=0-3,5-6'),
  ]),
  ranges('MaxRangeOverlaps 1', 'MaxRangeOverlaps 1', [ask('bytes=0-3,2-5'), ask('bytes=0-3,2-5,4-7')]),
  ranges('MaxRangeReversals none', 'MaxRangeReversals none', [ask('bytes=4-8,3-5'), ask('bytes=4-8,0-1')]),
  ranges('MaxRangeReversals 1', 'MaxRangeReversals 1', [ask('bytes=4-8,3-5'), ask('bytes=10-12,9-10,8-9')]),
  ranges(
    'Limits of a folder, over those of the server',
    `MaxRanges none
      <Directory @ROOT@/htdocs>
        MaxRanges 1
      </Directory>
      <Files c.html>
        MaxRanges default
      </Files>`,
    [ask('bytes=0-3'), ask('bytes=0-3,5-6'), ask('bytes=0-3,5-6', undefined, '/c.html')],
  ),
  ...['MaxRanges 0', 'MaxRanges -1', 'MaxRanges', 'MaxRangeOverlaps few', 'MaxRangeReversals 1 2'].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'byterange',
    config: line,
    refused: true as const,
    requests: [],
  })),
];
