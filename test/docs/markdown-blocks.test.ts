import { describe, expect, it } from '@jest/globals';
import { codeBlocks, matchesOutput, shellCommands } from './markdown-blocks.ts';

const page = `# Page

\`\`\`ts
// a/b.ts
export {};
\`\`\`

1. In a list:
   \`\`\`apache
   # httpd.conf
     Listen 8080
   \`\`\`

\`\`\`ts
// a fragment: the rest is in b.ts above
x();
\`\`\`

\`\`\`html
<!-- htdocs/a.html -->
\`\`\`

\`\`\`ts
// a fragment: why
// in words.ts
\`\`\`
`;

describe('codeBlocks', () => {
  const blocks = codeBlocks(page);

  it('finds the blocks, with their lines and files', () => {
    expect(blocks.map(({ line, language, file }) => ({ line, language, file }))).toEqual([
      { line: 3, language: 'ts', file: 'a/b.ts' },
      { line: 9, language: 'apache', file: 'httpd.conf' },
      { line: 14, language: 'ts', file: undefined },
      { line: 19, language: 'html', file: 'htdocs/a.html' },
      { line: 23, language: 'ts', file: undefined },
    ]);
  });

  it('takes the indentation of a list away, and no other', () => {
    expect(blocks[1]!.text).toBe('# httpd.conf\n  Listen 8080\n');
  });

  it('takes a fragment only with a reason that says something', () => {
    expect(blocks.map(({ fragment }) => fragment).filter(Boolean)).toEqual(['the rest is in b.ts above']);
  });
});

describe('shellCommands', () => {
  it('gives each command with its output', () => {
    expect(shellCommands('npm test\n$ curl a\none\ntwo\n\n$ curl b\n')).toEqual([
      { command: 'curl a', output: 'one\ntwo' },
      { command: 'curl b', output: '' },
    ]);
  });
});

describe('matchesOutput', () => {
  it.each([
    ['HTTP/1.1 200 OK\r\nDate: now\r\n\r\nHello\r\n', 'HTTP/1.1 200 OK\n…\nHello', true],
    ['Hello', 'Hello', true],
    ['Hello World', 'Hello', false],
    ['a+b', 'a.b', false],
  ])('compares %j with %j', (actual, expected, matches) => {
    expect(matchesOutput(actual, expected)).toBe(matches);
  });
});
