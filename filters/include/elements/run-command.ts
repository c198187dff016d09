import { spawn } from 'node:child_process';
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
    signal: r.signal,
  });
  const ended = once(child, 'close');
  ended.catch(() => undefined);
  r.registerCleanup(() => child.kill());
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
