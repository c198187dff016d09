import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { moduleImporter, resolvePackage } from '../../core/module-importer.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-importer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe.each(['ts', 'mts', 'mjs'])('a .%s module', (extension) => {
  const writeBoth = (value: number): string => {
    write(`inner.${extension}`, `export const state = { value: ${value} };`);
    return write(`outer.${extension}`, `export { state } from './inner.${extension}';`);
  };

  it('is imported once', async () => {
    const importModule = moduleImporter();
    const before = (await importModule(writeBoth(1)))['state'];
    expect((await importModule(writeBoth(2)))['state']).toBe(before);
  });

  it('is read anew with what it imports by a fresh importer', async () => {
    await moduleImporter()(writeBoth(1));
    expect((await moduleImporter({ fresh: true })(writeBoth(2)))['state']).toEqual({ value: 2 });
    expect((await moduleImporter({ fresh: true })(writeBoth(3)))['state']).toEqual({ value: 3 });
  });

  it('is shared by the modules of one fresh importer', async () => {
    const file = writeBoth(1);
    const second = write(`second.${extension}`, `export { state } from './inner.${extension}';`);
    const importModule = moduleImporter({ fresh: true });
    const state = (await importModule(file))['state'];
    expect((await importModule(second))['state']).toBe(state);
    expect((await importModule(join(folder, `inner.${extension}`)))['state']).toBe(state);
  });

  it.each([true, false])('is given up when its top level never finishes (fresh: %s)', async (fresh) => {
    const file = write(`endless-${fresh}.${extension}`, 'await new Promise(() => undefined); export const state = 1;');
    await expect(moduleImporter({ fresh, timeout: 200 })(file)).rejects.toThrow('has not finished within 0.2 s');
  });

  it('may await at its top', async () => {
    const file = write(`waits.${extension}`, 'export const value = await Promise.resolve(5);');
    expect((await moduleImporter()(file))['value']).toBe(5);
    expect((await moduleImporter({ fresh: true })(file))['value']).toBe(5);
  });
});

it('shows module.exports of a CommonJS module as its default export', async () => {
  const file = write('common.cjs', 'module.exports = { value: 1 };');
  expect((await moduleImporter()(file))['default']).toEqual({ value: 1 });
  expect((await moduleImporter({ fresh: true })(file))['default']).toEqual({ value: 1 });
});

it('finds no package where none is', () => {
  expect(resolvePackage('no-such-package', folder)).toBeUndefined();
});
