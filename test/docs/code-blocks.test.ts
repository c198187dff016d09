import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type ConfigObject } from '../../index.ts';
import { testApp } from '../../testing/index.ts';
import { type CodeBlock, codeBlocks, matchesOutput, shellCommands } from './markdown-blocks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the project, so that the blocks find its packages. */
const extracted = join(root, 'test/docs/extracted');

const guides = readdirSync(join(root, 'docs')).filter((name) => /^(?:write-a-.*|testing|plugins)\.md$/.test(name));
const pages = ['README.md', ...guides.map((name) => `docs/${name}`)].map((path) => {
  const blocks = codeBlocks(readFileSync(join(root, path), 'utf8'));
  return { path, blocks, folder: join(extracted, basename(path, '.md')) };
});

for (const { folder, blocks } of pages) for (const block of blocks) write(folder, block);
afterAll(() => rmSync(extracted, { recursive: true, force: true }));

function write(folder: string, { file, text }: CodeBlock): void {
  if (file === undefined) return;
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function typeCheck(): string {
  const paths = { sluice: ['../../../index.ts'], 'sluice/*': ['../../../*/index.ts'] };
  const compilerOptions = { rewriteRelativeImportExtensions: false, allowImportingTsExtensions: true, paths };
  const config = { extends: '../../../tsconfig.json', compilerOptions, include: ['.'], exclude: [] };
  writeFileSync(join(extracted, 'tsconfig.json'), JSON.stringify(config));
  return spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', extracted], {
    cwd: root,
    encoding: 'utf8',
  }).stdout;
}

describe.each(pages)('$path', ({ path, blocks, folder }) => {
  it('starts with code that is a whole file', () => {
    if (path.startsWith('docs/')) expect(blocks[0]?.file).toBeDefined();
  });

  it('has only blocks that say which file they are, or why they are none', () => {
    const unnamed = blocks.filter(
      ({ language, file, fragment }) => language !== 'sh' && file === undefined && fragment === undefined,
    );
    expect(unnamed.map(({ line, text }) => `${path}:${line}: ${text.split('\n', 1)[0]}`)).toEqual([]);
  });

  it('has no two files of one name', () => {
    const names = blocks.flatMap(({ file }) => file ?? []);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  const configs = blocks.flatMap(({ file }) => (file !== undefined && isConfig(file) ? [file] : []));
  if (configs.length > 0) {
    it.each(configs)('%s is a config without mistakes', async (file) => {
      const app = await testApp(join(folder, file));
      await app.close();
    });
  }

  const sessions = blocks.flatMap(({ language, text, line }, at) => {
    const commands = shellCommands(text).filter(({ command }) => /^(?:curl|npx sluice serve)\b/.test(command));
    const asks = commands.some(({ command }) => command.startsWith('curl'));
    return language === 'sh' && asks ? [{ line, commands, config: configAbove(blocks, at) }] : [];
  });
  if (sessions.length > 0) {
    it.each(sessions)('prints what line $line says', async ({ commands, config }) => {
      let served: ConfigObject | string | undefined = config === undefined ? undefined : join(folder, config);
      for (const { command, output } of commands) {
        const target = /^npx sluice serve (?:-c )?(?<target>\S+)/.exec(command)?.groups!['target'];
        if (target === undefined) expect(await printed(command, served!, folder)).toPrint(output);
        else served = isConfig(target) ? join(folder, target) : servedAlone(join(folder, target));
      }
    });
  }
});

it('all files on the pages have right types', () => {
  expect(typeCheck()).toBe('');
});

// The tests on the pages are tests of this file.
for (const { folder, blocks } of pages) {
  for (const { file, text } of blocks) {
    if (file?.endsWith('.test.ts') !== true) continue;
    const runnable = file.replace('.test.ts', '.run.ts');
    write(folder, { ...blocks[0]!, file: runnable, text: text.replace("'node:test'", "'../../node-test.ts'") });
    await import(join(folder, runnable));
  }
}

function isConfig(file: string): boolean {
  return file.endsWith('.conf') || file.endsWith('.config.ts');
}

function configAbove(blocks: readonly CodeBlock[], at: number): string | undefined {
  return blocks.slice(0, at).findLast(({ file }) => file !== undefined && isConfig(file))?.file;
}

/** As `sluice serve FILE.ts` does it. */
function servedAlone(handler: string): ConfigObject {
  return { sections: [{ location: '/', contentHandler: handler }] };
}

async function printed(command: string, config: ConfigObject | string, folder: string): Promise<string> {
  const app: RequestListener = await testApp(config);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const local = command.replace('curl', 'curl -s').replaceAll('localhost:8080', `127.0.0.1:${port}`);
  const { stdout } = await promisify(execFile)('bash', ['-c', local], { cwd: folder });
  server.close();
  return stdout;
}

expect.extend({
  toPrint(actual: string, expected: string) {
    return { pass: matchesOutput(actual, expected), message: () => `expected\n${expected}\nbut it printed\n${actual}` };
  },
});

declare module 'expect' {
  interface Matchers<R> {
    toPrint(expected: string): R;
  }
}
