import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PipedLog } from '../../../core/log/piped-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-pipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(5);
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

describe('PipedLog', () => {
  it('gives every line to the program, which ends when the log is closed', async () => {
    const path = join(folder, 'all');
    const log = new PipedLog(`|dd status=none "of=${path}"`);
    const lines = Array.from({ length: 500 }, (_, number) => `line ${number}`);
    for (const line of lines) log.write(line);
    log.close();
    await until(() => read(path) === `${lines.join('\n')}\n`);
  });

  it('uses a shell for |$', async () => {
    const path = join(folder, 'shell');
    const log = new PipedLog(`|$tr a-z A-Z > '${path}'`);
    log.write('loud');
    log.close();
    await until(() => read(path) === 'LOUD\n');
  });

  it('starts a program that ended again, with the lines that came in between', async () => {
    const path = join(folder, 'again');
    const log = new PipedLog(`|$head -n 1 >> '${path}'`, { restartAfter: 1 });
    log.write('first');
    await until(() => read(path) === 'first\n');
    let number = 0;
    await until(() => {
      log.write(`more ${number++}`);
      return read(path).split('\n').length > 4;
    });
    log.close();
  });

  it('survives a program that does not exist, and keeps a bounded number of lines for it', async () => {
    const log = new PipedLog('|/nowhere/logger', { restartAfter: 1 });
    const line = 'x'.repeat(1000);
    for (let count = 0; count < 1100; count++) log.write(line);
    await setTimeout(20);
    expect(log.lost).toBeGreaterThan(0);
    expect(log.lost).toBeLessThan(1100);
    log.close();
  });

  it('never waits for a program that reads nothing', () => {
    const log = new PipedLog('|sleep 1');
    const line = 'x'.repeat(1000);
    for (let count = 0; count < 3000; count++) log.write(line);
    expect(log.lost).toBeGreaterThan(0);
    log.close();
  });

  it('throws at once for a command without a program', () => {
    expect(() => new PipedLog('|')).toThrow(/needs a program/);
  });
});
