import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { apiPages, surfaceText } from '../../docs/reference/api-pages.ts';
import { emitDeclarations } from '../../docs/reference/emit-declarations.ts';
import { entries } from '../../docs/reference/entries.ts';
import { publicSurface } from '../../docs/reference/public-surface.ts';

const declarations = emitDeclarations();
afterAll(() => rmSync(declarations, { recursive: true }));

const surface = publicSurface(declarations).flatMap(({ name: entry, exports }) =>
  exports.map((each) => ({ entry, ...each })),
);
const exported = (entry: string): string[] => surface.filter((each) => each.entry === entry).map(({ name }) => name);

describe('the public surface', () => {
  it('is read as Node sees it', async () => {
    const modules = {
      sluice: await import('../../index.ts'),
      'sluice/testing': await import('../../testing/index.ts'),
      'sluice/handlers': await import('../../handlers/index.ts'),
      'sluice/filters': await import('../../filters/index.ts'),
      'sluice/phases': await import('../../phases/index.ts'),
    };
    for (const { name } of entries) expect(exported(name)).toEqual(expect.arrayContaining(Object.keys(modules[name])));
  });

  it('covers every entry of package.json', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const names = Object.keys(exports).filter((name) => name !== './package.json');
    expect(entries.map(({ name }) => name.replace('sluice', '.')).sort()).toEqual(names.sort());
  });

  it('has a docstring for every export', () => {
    expect(surface.filter(({ doc }) => doc.text === '').map(({ entry, name }) => `${entry}: ${name}`)).toEqual([]);
  });

  it('has an example for every function', () => {
    const functions = surface.filter(({ kind }) => kind === 'function');
    expect(functions.filter(({ doc }) => doc.example === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('is what test/docs/public-surface.txt says; a change needs a line in CHANGELOG.md, and is accepted by: npm run surface', () => {
    expect(surfaceText(declarations)).toBe(readFileSync(new URL('public-surface.txt', import.meta.url), 'utf8'));
  });
});

describe('docs/api', () => {
  const folder = new URL('../../docs/api/', import.meta.url);

  it('is up to date with the docstrings; if not, run: npm run docs', () => {
    for (const [name, text] of apiPages(declarations)) expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
  });

  it('has no page that is made of nothing', () => {
    expect(readdirSync(folder).sort()).toEqual([...apiPages(declarations).keys()].sort());
  });
});
