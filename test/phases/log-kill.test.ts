import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'sluice-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = join(folder, 'access.log');
const script = new URL('log-server-process.ts', import.meta.url).pathname;
const kinds = ['small', 'large', 'slow'];
const answered = new Set<string>();
let numbers = 0;

/** Asks until the server is gone; counts what was answered to the last byte. */
async function client(url: string, agent: Agent): Promise<void> {
  for (;;) {
    const number = String(++numbers);
    const kind = kinds[numbers % kinds.length]!;
    const whole = await new Promise<boolean>((resolve) => {
      get(`${url}${kind}`, { agent, headers: { 'X-Number': number } }, (response) => {
        response.resume();
        response.once('close', () => resolve(response.complete));
      }).once('error', () => resolve(false));
    });
    if (!whole) return;
    answered.add(number);
  }
}

/** Starts a server and kills it after so many answers. */
async function killUnderLoad(answers: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'jiti/register', script, log], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (line) => resolve(String(line).trim())));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const agent = new Agent({ keepAlive: true });
  const enough = answered.size + answers;
  const watch = setInterval(() => {
    if (answered.size >= enough) child.kill('SIGKILL');
  }, 1);
  await Promise.all(Array.from({ length: 20 }, () => client(url, agent)));
  clearInterval(watch);
  await exited;
  agent.destroy();
}

describe('SIGKILL of a server under load, three times', () => {
  it('takes no answered request out of the log', async () => {
    for (let times = 0; times < 3; times++) await killUnderLoad(500);
    const logged = readFileSync(log, 'utf8').split('\n');
    const lines = new Set(logged);
    expect(answered.size).toBeGreaterThanOrEqual(1500);
    expect([...answered].filter((number) => !lines.has(number))).toEqual([]);
    expect(logged.length).toBe(lines.size);
  }, 60_000);
});
