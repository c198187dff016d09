import type { ComparisonCase } from './comparison-case.ts';

const names = [
  'Zeta.txt',
  'alpha.txt',
  'Beta.html',
  'a b&c<d>.txt',
  'a.very.long.name.that.goes.on.and.on.txt',
  'a:b.txt',
  'backup~',
  'foo-1.10.bin',
  'foo-1.9.bin',
  'foo-01.bin',
  'plus+x.txt',
  "o'quote.txt",
  'semi;colon.txt',
  'q?x.txt',
  '100%.html',
  '[x].txt',
];

/** A folder with all kinds of names and sizes. */
export const files: Record<string, string> = Object.fromEntries(
  names.map((name) => [`htdocs/list/${name}`, name.repeat(3)]),
);
for (const [name, size] of [
  ['zero.bin', 0],
  ['k.bin', 972],
  ['k1.bin', 973],
  ['k2.bin', 1_023],
  ['k3.bin', 1_536],
  ['k9.bin', 10_188],
  ['k10.bin', 10_240],
  ['mid.bin', 20_480],
  ['big.bin', 1_500_000],
] as const) {
  files[`htdocs/list/${name}`] = 'x'.repeat(size);
}
files['htdocs/list/sub/x.txt'] = 'x';
files['htdocs/list/Area/x.txt'] = 'x';
files['htdocs/list/index.htm'] = '<title>No index here</title>';

/** A folder that fits on one screen. */
export const few = {
  'htdocs/few/a.txt': 'a',
  'htdocs/few/b.html': '<html><head><title>The &amp; title</title></head></html>',
  'htdocs/few/c.bin': 'x'.repeat(2_000),
  'htdocs/few/sub/x.txt': 'x',
};

export const usual = 'Options Indexes\nIndexOptions FancyIndexing Charset=UTF-8\n';

/** A listing with these IndexOptions, in UTF-8. */
export function options(line: string, further = ''): string {
  return `Options Indexes\nIndexOptions ${line}\nIndexOptions +Charset=UTF-8\n${further}`;
}

export function listing(
  name: string,
  config: string,
  requests: ComparisonCase['requests'] = ['GET /few/'],
): ComparisonCase {
  return { name, plugin: 'autoindex', config, files: few, requests };
}
