import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Page } from '../page.ts';

/** Runs a shell's command in the folder of the page and includes what it prints; gives what went wrong. */
export async function runCommand(page: Page, command: string): Promise<string | undefined> {
  const { r } = page;
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: dirname(r.filename!),
    env: Object.fromEntries(page.variables.entries()),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the shell has started ends with it.
    detached: true,
  });
  const ended = once(child, 'close');
  ended.catch(() => undefined);
  const stop = (): void => killGroup(child);
  r.signal.addEventListener('abort', stop);
  r.registerCleanup(stop);
  child.stderr.on('data', (text: Buffer) => r.log(text.toString().trimEnd(), 'error', 'include'));
  try {
    await page.send();
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      page.write(chunk);
      await page.send();
    }
    await ended;
    return undefined;
  } catch (error) {
    return `the command "${command}" could not be run: ${(error as Error).message}`;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.stdout?.closed === true) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
