import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Running, makeFolder, sluice } from './sluice.ts';

let folder: string;
let remove: () => void;
const started: Running[] = [];

beforeAll(() => {
  ({ folder, remove } = makeFolder({
    'httpd.conf': 'Listen 127.0.0.1:0\nListen 0\nContentHandler ./hello.ts\n',
    'hello.ts': 'export default () => "Hello World!";\nexport const show = () => "shown";\n',
    'folder/index.html': '<h1>Welcome</h1>',
    'folder/page.txt': 'a page',
    'throwing.ts': 'throw new Error("boom");\n',
  }));
});
afterAll(() => remove());
afterEach(async () => {
  for (const running of started.splice(0)) {
    running.child.kill('SIGKILL');
    await running.ended;
  }
});

function start(...args: readonly string[]): Running {
  const running = new Running(folder, ['serve', ...args]);
  started.push(running);
  return running;
}

async function get(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

/** Waits until the log has the words; rejects where the process ends before. */
async function logged(running: Running, file: string, words: string): Promise<void> {
  while (!readFileSync(file, 'utf8').includes(words)) {
    const ended = await Promise.race([running.ended, setTimeout(20)]);
    if (ended !== undefined) throw new Error(`sluice ended with ${ended.status}: ${ended.stderr}`);
  }
}

describe('sluice serve', () => {
  it('serves the config of the current folder, with a ready line for each address', async () => {
    const urls = await start().urls(2);
    expect(urls).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
    ]);
    expect(await Promise.all(urls.map(get))).toEqual(['Hello World!', 'Hello World!']);
  });

  it('listens on --port instead of what the config says', async () => {
    const urls = await start('-c', 'httpd.conf', '--port', '0').urls();
    expect(urls).toHaveLength(1);
    expect(await get(urls[0]!)).toBe('Hello World!');
  });

  it('serves a handler file at every URL', async () => {
    const [url] = await start('hello.ts', '--port', '0').urls();
    expect(await get(`${url}any/where`)).toBe('Hello World!');
  });

  it('serves the export of a handler file that is named', async () => {
    const [url] = await start('./hello.ts::show', '--port', '0').urls();
    expect(await get(url!)).toBe('shown');
  });

  it('serves a folder', async () => {
    const [url] = await start('folder', '--port', '0').urls();
    expect(await Promise.all([get(url!), get(`${url}page.txt`)])).toEqual(['<h1>Welcome</h1>', 'a page']);
    expect((await fetch(`${url}nowhere`)).status).toBe(404);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async (signal) => {
    const running = start();
    const [url] = await running.urls();
    await get(url!);
    running.child.kill(signal);
    const { status, stderr } = await running.ended;
    expect(status).toBe(0);
    expect(stderr).toMatch(new RegExp(`\\[core:notice\\] .* ${signal}: finishing what runs\n$`));
  });

  it('reads a changed config on SIGHUP, and keeps the old one where the new one is wrong', async () => {
    const file = join(folder, 'changing.conf');
    const log = join(folder, 'changing.log');
    const write = (body: string): void => {
      writeFileSync(file, `Listen 127.0.0.1:0\nErrorLog ${log}\nLogLevel notice\n${body}`);
    };
    write('ContentHandler ./hello.ts');
    const running = start('-c', file);
    const [url] = await running.urls();
    write('ContentHandler ./hello.ts::show');
    running.child.kill('SIGHUP');
    await logged(running, log, 'the config was read anew');
    expect(await get(url!)).toBe('shown');
    write('Nonsense');
    running.child.kill('SIGHUP');
    await logged(running, log, `${file}:4: unknown directive Nonsense`);
    expect(await get(url!)).toBe('shown');
  });

  it('names the Listen line whose port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    writeFileSync(join(folder, 'taken.conf'), `# first\nListen ${port}\n`);
    const [byConfig, byOption] = await Promise.all([
      sluice(folder, 'serve', '-c', 'taken.conf'),
      sluice(folder, 'serve', 'hello.ts', '--port', String(port)),
    ]);
    other.close();
    const reason = `port ${port} is taken by another program; stop that one, or name another port\n`;
    expect(byConfig).toEqual({ status: 1, stdout: '', stderr: `${join(folder, 'taken.conf')}:2: ${reason}` });
    expect(byOption).toEqual({ status: 1, stdout: '', stderr: `error: ${reason}` });
  });

  it.each([
    [['nowhere.ts'], 1, /^error: there is no file or folder .*nowhere\.ts\n$/],
    [['folder/page.txt'], 2, /^error: folder\/page\.txt is no handler file .*\n$/],
    [['throwing.ts'], 1, /^error: \.\/throwing\.ts can't be imported: Error: boom.*\n$/],
    [['hello.ts::missing'], 1, /^error: \.\/hello\.ts::missing: there is no missing; there is .*\n$/],
    [
      ['httpd.conf'],
      2,
      /^error: httpd\.conf is a config, not a handler; serve it with: sluice serve -c httpd\.conf\n$/,
    ],
    [['hello.ts', '-c', 'httpd.conf'], 2, /^error: serve takes either -c FILE or hello\.ts, not both\n$/],
  ])('does not start with %j', async (args, status, message) => {
    const outcome = await sluice(folder, 'serve', ...args);
    expect(outcome).toMatchObject({ status, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });
});
