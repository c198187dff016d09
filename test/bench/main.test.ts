import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../../bench/main.mjs', import.meta.url));

async function bench(
  cwd: string,
  ...args: string[]
): Promise<{ code: number | null; output: string; messages: string }> {
  const child = spawn(process.execPath, [main, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let messages = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (messages += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, messages };
}

describe('npm run bench', () => {
  it('checks and measures bare node:http and Koa', async () => {
    const turn = ['--contenders', 'koa', '--rounds', '1', '--seconds', '0.3', '--connections', '4', '--json', '-'];
    const { code, output, messages } = await bench('.', '--only', 'W1,W4', ...turn);
    expect({ code, messages }).toMatchObject({ code: 0 });
    const { workloads } = JSON.parse(output) as {
      workloads: { id: string; rows: { name: string; failure?: string; summary: object }[] }[];
    };
    expect(workloads.map(({ id }) => id)).toEqual(['W1', 'W4']);
    for (const { rows } of workloads) {
      expect(rows.map(({ name, failure }) => ({ name, failure }))).toEqual([
        { name: 'bare', failure: undefined },
        { name: 'koa', failure: undefined },
      ]);
      for (const { summary } of rows) {
        expect(summary).toMatchObject({ ratio: { median: expect.any(Number) }, badStatus: 0, socketErrors: 0 });
      }
    }
  }, 60_000);

  it('writes a profile of Sluice, and says whose code took the time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-profile-'));
    try {
      const { code, output } = await bench(folder, '--profile', 'W1', '--seconds', '1', '--connections', '4');
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).toMatch(/^\| Sluice +\| +\d+\.\d % \|$/m);
      expect(output).toMatch(/^\| \w+ core\/\S+:\d+ +\| +\d+\.\d % \|$/m);
      const profile = JSON.parse(readFileSync(join(folder, 'W1.cpuprofile'), 'utf8')) as { samples: unknown[] };
      expect(profile.samples.length).toBeGreaterThan(100);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('says which workloads there are, when asked for another', async () => {
    const { code, messages } = await bench('.', '--only', 'W9');
    expect(code).toBe(1);
    expect(messages).toBe('bench: --only knows W1, W2, W3, W4, W5, W6, not "W9"\n');
  });
});
