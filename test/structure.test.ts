import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['core', 'phases', 'filters', 'handlers', 'testing', 'cli'];

const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** What a file needs at run time: imports of types are gone by then. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(/^(?:import|export)\s+(?!type\b)(?<names>[^;]*?)\s*from\s*'(?<from>\.[^']+)';/gms);
  return [...statements]
    .filter(({ groups }) => !/^\{(?:\s*type\s+[^,}]+,?)*\s*\}$/s.test(groups!['names']!))
    .map(({ groups }) => relative(root, resolve(root, dirname(file), groups!['from']!)));
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

/** The first circle that can be reached from `file`, if any. */
function circleFrom(file: string, path: string[], done: Set<string>): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return undefined;
  for (const next of graph.get(file) ?? []) {
    const circle = circleFrom(next, [...path, file], done);
    if (circle !== undefined) return circle;
  }
  done.add(file);
  return undefined;
}

describe('the structure', () => {
  it('reads the imports of all folders', () => {
    expect(graph.get('core/pipeline.ts')).toContain('core/content.ts');
    expect(graph.get('phases/alias.ts')).toContain('core/plugin.ts');
  });

  it('has no circular imports', () => {
    const done = new Set<string>();
    expect(files.map((file) => circleFrom(file, [], done)).filter((circle) => circle !== undefined)).toEqual([]);
  });

  it('keeps every feature out of core', () => {
    const outside = files
      .filter((file) => file.startsWith('core/'))
      .flatMap((file) => {
        return graph
          .get(file)!
          .filter((to) => !to.startsWith('core/'))
          .map((to) => `${file} → ${to}`);
      });
    expect(outside).toEqual([]);
  });
});
