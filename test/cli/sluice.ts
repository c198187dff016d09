import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';

// Each process loads the whole of Sluice, which takes its time on a busy machine.
jest.setTimeout(60_000);

const fromSources = fileURLToPath(new URL('./run-from-sources.mjs', import.meta.url));

// Jest asks its workers for colours and for modules in its own way; users' shells don't.
const { FORCE_COLOR: _, NODE_OPTIONS: __, ...env } = process.env;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sluice` in a folder until it ends. */
export async function sluice(folder: string, ...args: readonly string[]): Promise<Outcome> {
  return new Running(folder, args).ended;
}

/** A `sluice serve` that is running. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  #stdout = '';
  #stderr = '';

  constructor(folder: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [fromSources, ...args], { cwd: folder, env });
    this.child.stderr!.on('data', (data: Buffer) => (this.#stderr += data.toString()));
    this.child.stdout!.on('data', (data: Buffer) => (this.#stdout += data.toString()));
    this.ended = new Promise((resolve) => {
      this.child.on('close', (status) => resolve({ status, stdout: this.#stdout, stderr: this.#stderr }));
    });
  }

  /** The URLs of the first `count` ready lines; rejects where the process ends before. */
  async urls(count = 1): Promise<string[]> {
    for (;;) {
      const found = [...this.#stdout.matchAll(/^Sluice \S+ listening on (\S+)$/gm)].map(([, url]) => url!);
      if (found.length >= count) return found;
      const more = new Promise<undefined>((resolve) => this.child.stdout!.once('data', () => resolve(undefined)));
      const outcome = await Promise.race([more, this.ended]);
      if (outcome !== undefined) throw new Error(`sluice ended before it was ready: ${outcome.stderr}`);
    }
  }
}

/** A folder with these files, and what removes it. */
export function makeFolder(files: Readonly<Record<string, string>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
