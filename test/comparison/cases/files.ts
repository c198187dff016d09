import type { ComparisonCase } from '../comparison-case.ts';

const text = 'The quick brown fox jumps over the lazy dog.\n';

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Files are sent with their type, date and entity tag',
    plugin: 'static',
    config: '',
    files: { 'htdocs/a.txt': text, 'htdocs/b.html': '<p>b</p>', 'htdocs/empty.css': '', 'htdocs/none': 'x' },
    requests: [
      'GET /a.txt',
      'HEAD /a.txt',
      'GET /b.html',
      'GET /empty.css',
      'GET /none',
      'GET /missing',
      'HEAD /missing',
    ],
  },
];
