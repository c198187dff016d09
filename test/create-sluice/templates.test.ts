import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSluice, hasRegistry, install, makeTemporaryFolder, pack, root, run } from './made-project.ts';

const registry = hasRegistry();
const title = 'what create-sluice makes';

(registry ? describe : describe.skip)(registry ? title : `${title} (skipped: no registry can be reached)`, () => {
  let folder: string;
  let remove: () => void;

  const make = async (template: string): Promise<string> => {
    const { stderr } = await createSluice(folder, '-t', template, '-d', template, '-y');
    expect(stderr).toBe('');
    return join(folder, template);
  };

  beforeAll(async () => {
    ({ folder, remove } = makeTemporaryFolder());
    mkdirSync(join(folder, 'packed'));
    const sluice = await pack(root, join(folder, 'packed'));
    await run(await make('plugin'), 'npm', ...install, sluice);
  }, 300_000);
  afterAll(() => remove());

  it('is a plugin that passes its checks, and is ready to publish', async () => {
    const project = join(folder, 'plugin');
    await run(project, 'npm', 'run', 'lint');
    expect(await run(project, 'npm', 'test')).toMatch(/^(?:#|ℹ) pass 5$/m);
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    await run(project, 'npm', 'run', 'readme');
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toBe(readme);
    expect(await run(root, 'npx', 'publint', '--strict', project)).toContain('All good!');
    const files = JSON.parse(await run(project, 'npm', 'pack', '--dry-run', '--json', '--ignore-scripts'));
    expect(files[0].files.map(({ path }: { path: string }) => path)).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/index.d.ts',
      'dist/index.js',
      'package.json',
    ]);
  }, 120_000);

  // They ask for nothing that the plugin hasn't installed.
  it.each([
    ['handler', 3],
    ['site', 5],
  ])(
    'is a %s that passes its checks',
    async (template, count) => {
      const project = await make(template);
      symlinkSync(join(folder, 'plugin', 'node_modules'), join(project, 'node_modules'), 'junction');
      await run(project, 'npm', 'ls');
      await run(project, 'npm', 'run', 'check');
      await run(project, 'npm', 'run', 'lint');
      expect(await run(project, 'npm', 'test')).toMatch(new RegExp(`^(?:#|ℹ) pass ${count}$`, 'm'));
    },
    120_000,
  );
});
