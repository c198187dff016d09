import { describe, expect, it } from '@jest/globals';
import { readStatements } from '../../docs/reference/statements.ts';

const texts = (source: string): string[] => readStatements(source).map(({ text }) => text);

describe('readStatements', () => {
  it('gives statements on one line, without what only a declaration file needs', () => {
    const source = `import { a } from './a.ts';
export declare const one: import("./b.ts").One;
export declare function two(
    x: string,
    y?: number
): void;
export {};
`;
    expect(texts(source)).toEqual([
      "import { a } from './a.ts'",
      'const one: One',
      'function two( x: string, y?: number ): void',
      '{}',
    ]);
  });

  it('ends a declaration with a body at its brace, and a type at its semicolon', () => {
    const source =
      "export interface A {\n  x: string;\n}\nexport type B = {\n  y: ';' | '}';\n} & A;\ndeclare module 'm' {\n}\n";
    expect(texts(source)).toEqual(['interface A { x: string }', "type B = { y: ';' | '}' } & A", "module 'm' { }"]);
    expect(readStatements(source)[0]!.body).toBe('\n  x: string;\n');
  });

  it('gives the docstring in front, without marks and without that of others', () => {
    const source =
      '/** One. */\nexport declare class A {}\nexport declare const b: number;\n/**\n * Two\n *   lines.\n */\ntype C = 1;';
    expect(readStatements(source).map(({ doc }) => doc)).toEqual(['One.', '', 'Two\n  lines.']);
  });

  it('looks past brackets, semicolons and marks in comments and texts', () => {
    const source = 'interface A {\n  /** a } brace; */\n  // and {\n  b: \'{\' | "/*";\n}\ntype D = `;`;';
    expect(texts(source)).toEqual(['interface A { // and { b: \'{\' | "/*" }', 'type D = `;`']);
  });
});
