import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { findConfigFile, readConfigFile } from '../../../core/config/config-file.ts';
import type { ReadConfig } from '../../../core/config/reading.ts';
import { DirectiveRegistry } from '../../../core/config/registry.ts';
import { moduleImporter } from '../../../core/module-importer.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const read = (file: string): Promise<ReadConfig> => {
  const registry = new DirectiveRegistry();
  registry.add('test', {
    Listen: { takes: 'one', usage: 'port', help: 'The port.', contexts: ['server config'] },
  } as never);
  return readConfigFile(file, registry, moduleImporter(), {
    hasPlugin: () => false,
    definePlugin: () => {},
    warn: () => {},
  });
};

describe('findConfigFile', () => {
  it('takes sluice.config.ts before the others', () => {
    expect(findConfigFile(folder)).toBeUndefined();
    write('httpd.conf', '');
    expect(findConfigFile(folder)).toBe(join(folder, 'httpd.conf'));
    write('sluice.config.json', '{}');
    expect(findConfigFile(folder)).toBe(join(folder, 'sluice.config.json'));
    write('sluice.config.ts', '');
    expect(findConfigFile(folder)).toBe(join(folder, 'sluice.config.ts'));
  });
});

describe('readConfigFile', () => {
  it.each([
    ['sluice.config.ts', 'enum Port { Web = 80 }\nexport default {\n  listen: Port.Web as number };'],
    ['sluice.config.mts', 'const port: number = 80;\nexport default {\n  listen: port };'],
    ['sluice.config.mjs', '\nexport default {\n  listen: 80 };'],
    ['sluice.config.json', '\n{\n  "listen": 80 }'],
    ['httpd.conf', '\n\nListen 80'],
  ])('gives the same nodes for %s', async (name, text) => {
    const file = write(name, text);
    const { nodes, files } = await read(file);
    expect(nodes).toMatchObject([{ kind: 'directive', name: 'Listen', args: ['80'], file, line: 3 }]);
    expect(files).toEqual([file]);
  });

  it.each([
    ['a.ts', 'throw new Error("boo");', "a.ts: can't be imported: Error: boo ("],
    ['b.ts', 'export const config = {};', 'b.ts: must have a default export'],
    ['c.json', '{', 'c.json:1: expected JSON, without comments and final commas: Expected property name'],
    ['d.mjs', 'export default 5;', 'd.mjs: a config must be an object, but is 5'],
  ])('says what is wrong with %s', async (name, text, message) => {
    await expect(read(write(name, text))).rejects.toThrow(message);
  });

  it('says which file is missing', async () => {
    await expect(read(join(folder, 'no.json'))).rejects.toThrow(`${join(folder, 'no.json')}: ENOENT`);
  });
});
