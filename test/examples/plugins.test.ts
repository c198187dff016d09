import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../comparison/server-config.ts';
import { hasRegistry, install, makeTemporaryFolder, pack, root, run } from '../create-sluice/made-project.ts';

const plugins = ['sluice-plugin-markdown', 'sluice-plugin-opentelemetry', 'sluice-plugin-rate-limit'];
const examples = join(root, 'examples/plugins');
const registry = hasRegistry();
const title = 'the example plugins, as packages';

(registry ? describe : describe.skip)(registry ? title : `${title} (skipped: no registry can be reached)`, () => {
  let folder: string;
  let remove: () => void;
  let sluice: string;
  const packageOf = (plugin: string): string => join(folder, 'plugins', plugin);

  beforeAll(async () => {
    ({ folder, remove } = makeTemporaryFolder());
    sluice = await pack(root, make('packed/sluice'));
    for (const plugin of plugins) copy(join(examples, plugin), packageOf(plugin));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces: ['plugins/*'] }));
    await run(folder, 'npm', ...install, sluice);
  }, 300_000);
  afterAll(() => remove());

  const make = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  };

  it('pass their own checks', async () => {
    await Promise.all(plugins.map((plugin) => check(plugin)));
  }, 300_000);

  async function check(plugin: string): Promise<void> {
    const own = packageOf(plugin);
    await run(own, 'npm', 'run', 'lint');
    expect(await run(own, 'npm', 'test')).toMatch(/^(?:#|ℹ) fail 0$/m);
    await run(own, 'npx', 'sluice', 'directives', '--plugin', plugin, '--into', 'README.md');
    const readme = (of: string): string => readFileSync(join(of, 'README.md'), 'utf8');
    expect(readme(own)).toBe(readme(join(examples, plugin)));
  }

  it('work together in a site that has installed what was packed, in both spellings', async () => {
    const site = make('site');
    copy(join(examples, 'site'), site);
    const packed = await Promise.all(plugins.map((plugin) => pack(packageOf(plugin), make(`packed/${plugin}`))));
    await run(site, 'npm', ...install, sluice, ...packed);
    await run(site, 'npm', 'run', 'check');
    const redis = await startRedis();
    process.env['RATE_LIMIT_STORE'] = redis?.url ?? 'memory';
    try {
      expect(await run(site, 'npm', 'test')).toMatch(/^(?:#|ℹ) pass 6$/m);
    } finally {
      delete process.env['RATE_LIMIT_STORE'];
      redis?.process.kill();
    }
  }, 300_000);
});

/** Without what building and installing have left there. */
function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
}

/** Undefined where the program is missing. */
async function startRedis(): Promise<{ readonly url: string; readonly process: ChildProcess } | undefined> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  await once(redis.stdout, 'data');
  return { url: `redis://127.0.0.1:${port}/0`, process: redis };
}
