import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawClient } from './raw-client.ts';

const handlers = `
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
export const first = () => 'first';
export const second = () => 'second';
export const slow = () => wait(700, 'slow');
export const endless = () => wait(60_000, 'late');
export function reject() { Promise.reject(new Error('nobody waits for me')); return 'rejected'; }
export function fault() { setTimeout(() => { throw new Error('in a timer'); }); return 'thrown'; }
`;

const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});

class Served {
  readonly folder = mkdtempSync(join(tmpdir(), 'sluice-life-'));
  readonly config = join(this.folder, 'httpd.conf');
  child!: ChildProcess;
  port = 0;
  output = '';

  write(word: 'first' | 'second', ...lines: string[]): void {
    writeFileSync(join(this.folder, 'handlers.mjs'), handlers);
    const names = { answer: word, slow: 'slow', endless: 'endless', reject: 'reject', fault: 'fault' };
    const routes = Object.entries(names).map(
      ([path, name]) => `<Location "/${path}">\nContentHandler ./handlers.mjs::${name}\n</Location>`,
    );
    writeFileSync(
      this.config,
      ['Listen 127.0.0.1:0', 'ErrorLog error.log', 'LogLevel notice', ...lines, ...routes].join('\n'),
    );
  }

  async start(): Promise<this> {
    const program = ['--import', 'jiti/register', 'test/core/host/life-cycle-process.ts', this.config];
    this.child = spawn(process.execPath, program, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    processes.push(this.child);
    const stdout = this.child.stdout!.setEncoding('utf8');
    stdout.on('data', (text: string) => (this.output += text));
    while (!this.output.includes('\n')) await once(stdout, 'data');
    this.port = Number(/:(\d+)\//.exec(this.output)![1]);
    return this;
  }

  get log(): string {
    return readFileSync(join(this.folder, 'error.log'), 'utf8');
  }

  async logged(text: string): Promise<void> {
    while (!this.log.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async get(path: string): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.port}/${path}`)).text();
  }

  open(path: string): RawClient {
    return new RawClient(this.port).send(`GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  }
}

async function served(...lines: string[]): Promise<Served> {
  const site = new Served();
  site.write('first', ...lines);
  return site.start();
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe('superviseProcess', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what runs at %s, and no more', async (signal) => {
    const site = await served();
    const busy = site.open('slow');
    const idle = site.open('answer');
    await idle.until(/first/);
    await pause();
    site.child.kill(signal);
    await idle.closed;
    await expect(site.get('answer')).rejects.toThrow('fetch failed');
    expect(await busy.closed).toMatch(/connection: close.*slow$/is);
    expect(await once(site.child, 'exit')).toEqual([0, null]);
    expect(site.output).toContain('stopped');
  });

  it('cuts what runs at a second signal', async () => {
    const site = await served('GracefulShutdownTimeout 60');
    const busy = site.open('endless');
    await pause();
    site.child.kill('SIGTERM');
    await site.logged('finishing what runs');
    expect(busy.socket.closed).toBe(false);
    site.child.kill('SIGTERM');
    expect(await busy.closed).toBe('');
    await site.logged('cutting what still runs');
  });

  it.each(['SIGHUP', 'SIGUSR1'] as const)(
    'reads the config anew at %s, with running requests finished by the old ones',
    async (signal) => {
      const site = await served();
      const busy = site.open('slow');
      await pause();
      site.write('second');
      renameSync(join(site.folder, 'error.log'), join(site.folder, 'error.log.1'));
      site.child.kill(signal);
      while ((await site.get('answer')) !== 'second') await pause();
      await busy.until(/slow/);
      busy.close();
      await site.logged('the config was read anew');
    },
  );

  it('keeps the old config at SIGHUP where the new one is wrong', async () => {
    const site = await served();
    site.write('second', 'Nonsense on');
    site.child.kill('SIGHUP');
    await site.logged('the old one stays in force');
    expect(site.log).toContain('Nonsense');
    expect(await site.get('answer')).toBe('first');
  });

  it.each([
    ['rejection', 'reject', 'nobody waits for me'],
    ['throw in a timer', 'fault', 'in a timer'],
  ])('survives a %s and logs where it came from', async (_, path, message) => {
    const site = await served();
    const running = site.open('slow');
    await site.get(path);
    await site.logged(message);
    expect(site.log).toContain('handlers.mjs');
    expect(await running.until(/slow/)).toContain('slow');
    expect(await site.get('answer')).toBe('first');
    running.close();
  });
});
