import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder outside of the repository, and what removes it. */
export function makeTemporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'create-sluice-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Outcome {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program and gives what it printed; rejects with all of that where it failed. */
export async function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await attempt(folder, program, ...args);
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')} in ${folder} ended with ${status}:\n${stdout}\n${stderr}`);
}

export function attempt(folder: string, program: string, ...args: readonly string[]): Promise<Outcome> {
  // Jest asks its workers for colours and modules in its own way; users' shells don't.
  const { FORCE_COLOR: _, NODE_OPTIONS: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env, timeout: 240_000 }, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? error?.signal ?? 0, stdout, stderr });
    });
  });
}

/** Runs `create-sluice` as npm does. */
export function createSluice(folder: string, ...args: readonly string[]): Promise<Outcome> {
  return attempt(folder, process.execPath, join(root, 'create-sluice/main.js'), ...args);
}

/** Packs a folder as `npm publish` would, and gives the path of what came out. */
export async function pack(folder: string, destination: string): Promise<string> {
  await run(folder, 'npm', 'pack', '--ignore-scripts', '--pack-destination', destination);
  const name = readdirSync(destination).find((file) => file.endsWith('.tgz'));
  return join(destination, name!);
}

export const install = ['install', '--prefer-offline', '--no-audit', '--no-fund'] as const;

/** Whether packages can be installed here. */
export function hasRegistry(): boolean {
  return spawnSync('npm', ['view', 'oxlint', 'version', '--fetch-retries=0'], { timeout: 20_000 }).status === 0;
}
