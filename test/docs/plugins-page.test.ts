import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The members of an interface, as its file declares them. */
function membersOf(name: string, path: string): readonly string[] {
  const [, body = ''] = new RegExp(`^export interface ${name}\\b[^{]*\\{\n(.*?)^\\}`, 'ms').exec(read(path)) ?? [];
  return Array.from(body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm), ([, member]) => member!);
}

const page = read('docs/plugins.md');

describe('docs/plugins.md', () => {
  it.each([
    ['Plugin', 'core/plugin.ts', 25],
    ['DirectiveDeclaration', 'core/config/directive.ts', 15],
    ['LogItemDeclaration', 'core/log/log-item.ts', 5],
    ['DetailedExpressionFunction', 'core/expression/plugin-extensions.ts', 4],
  ])('names every member of %s', (name, path, least) => {
    const members = membersOf(name, path);
    expect(members.length).toBeGreaterThanOrEqual(least);
    expect(members.filter((member) => !page.includes(`\`${member}\``))).toEqual([]);
  });
});
