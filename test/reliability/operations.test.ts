import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Running } from '../cli/sluice.ts';
import { RawClient, exchange, statusesIn } from '../core/host/raw-client.ts';
import { makeSite } from '../make-site.ts';

const handlers = `import { setTimeout as sleep } from 'node:timers/promises';
export const good = () => 'good';
export const floating = () => { void Promise.reject(new Error('nobody waits for this')); return 'answered'; };
export const timer = () => { setTimeout(() => { throw new Error('thrown in a timer'); }, 5); return 'answered'; };
export const event = (r) => { r.registerCleanup(() => queueMicrotask(() => { throw new Error('thrown in a microtask'); })); return 'answered'; };
export const stream = async function* () { for (let at = 0; at < 15; at++) { yield 'x'.repeat(2_000); await sleep(60); } };
`;
const contents = (rest = ''): string => `Listen 127.0.0.1:0
ErrorLog logs/error.log
LogLevel notice
CustomLog logs/access.log "%r|%{User-Agent}i"
ContentHandler ./handlers.ts::good
<Location /floating>
  ContentHandler ./handlers.ts::floating
</Location>
<Location /timer>
  ContentHandler ./handlers.ts::timer
</Location>
<Location /event>
  ContentHandler ./handlers.ts::event
</Location>
<Location /stream>
  ContentHandler ./handlers.ts::stream
</Location>
${rest}`;
const folder = makeSite({
  'httpd.conf': contents(),
  'handlers.ts': handlers,
  'throwing.ts': "throw new Error('thrown at import');\n",
  'awaiting.ts': "await Promise.reject(new Error('rejected at import'));\nexport default () => 'x';\n",
  'logs/.keep': '',
});
const errorLog = `${folder}/logs/error.log`;
const accessLog = `${folder}/logs/access.log`;
const started: Running[] = [];

afterEach(async () => {
  for (const running of started.splice(0)) {
    running.child.kill('SIGKILL');
    await running.ended;
  }
  writeFileSync(`${folder}/httpd.conf`, contents());
});

async function start(): Promise<{ running: Running; port: number }> {
  const running = new Running(folder, ['serve']);
  started.push(running);
  const [url] = await running.urls();
  return { running, port: Number(new URL(url!).port) };
}

function get(path: string, fields = 'Connection: close\r\n'): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
}

/** Waits until the log has the words as often as said. */
async function logged(words: string, times = 1): Promise<void> {
  while (readFileSync(errorLog, 'utf8').split(words).length <= times)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('what handlers leave behind', () => {
  it('ends nobody: other requests are served, and the log has it', async () => {
    const { running, port } = await start();
    const stream = exchange(port, get('/stream'));
    for (const path of ['/floating', '/timer', '/event']) {
      expect(statusesIn(await exchange(port, get(path)))).toEqual([200]);
    }
    await logged('nobody waits for this');
    await logged('thrown in a timer');
    await logged('thrown in a microtask');
    expect(readFileSync(errorLog, 'utf8')).toContain(`${folder}/handlers.ts`);
    expect(statusesIn(await exchange(port, get('/good')))).toEqual([200]);
    expect(await stream).toMatch(/0\r\n\r\n$/);
    expect(running.child.exitCode).toBeNull();
  });
});

describe('a stop', () => {
  it('lets a stream come to its end', async () => {
    const { running, port } = await start();
    const client = new RawClient(port).send(get('/stream'));
    await client.until(/xxx/);
    running.child.kill('SIGTERM');
    const received = await client.closed;
    expect(received.match(/x{2000}/g)).toHaveLength(15);
    expect(received).toMatch(/0\r\n\r\n$/);
    expect((await running.ended).status).toBe(0);
  });
});

describe('a bad config at reload', () => {
  it('is told with its line, each time, and the old one stays in force', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as AddressInfo).port;
    const mistakes: readonly (readonly [lines: string, words: string])[] = [
      ['<Location /x>', 'httpd.conf:18: <Location> is never closed'],
      ['Plugin sluice-plugin-missing', 'httpd.conf:18: there is no'],
      ['ContentHandler ./missing.ts', 'httpd.conf:18: there is no file'],
      ['ContentHandler ./handlers.ts::missing', 'there is no missing'],
      ['ContentHandler ./throwing.ts', "httpd.conf:18: ./throwing.ts can't be imported: Error: thrown at import"],
      ['ContentHandler ./awaiting.ts', "httpd.conf:18: ./awaiting.ts can't be imported: Error: rejected at import"],
      [`Listen 127.0.0.1:${taken}`, `httpd.conf:18: port ${taken} is taken by another program`],
      ['DocumentRoot ./missing', 'httpd.conf:18: DocumentRoot must be a folder'],
      ['ErrorLog ./missing/error.log', 'httpd.conf:18: ErrorLog needs a folder'],
    ];
    const { running, port } = await start();
    for (const [lines, words] of mistakes) {
      writeFileSync(`${folder}/httpd.conf`, contents(lines));
      running.child.kill('SIGHUP');
      await logged(words);
      expect(statusesIn(await exchange(port, get('/good')))).toEqual([200]);
    }
    other.close();
    writeFileSync(`${folder}/httpd.conf`, contents('Header always set X-New yes'));
    running.child.kill('SIGHUP');
    await logged('the config was read anew');
    expect(await exchange(port, get('/good'))).toContain('X-New: yes');
  });
});

describe('logs', () => {
  it('get one line per request, whatever the client puts into it', async () => {
    const { port } = await start();
    const before = readFileSync(accessLog, 'utf8').length;
    const evil = 'a"\\\xff\tb';
    await exchange(port, get('/x%0aforged', `User-Agent: ${evil}\r\nConnection: close\r\n`));
    await exchange(port, get('/"\\', `User-Agent: second\r\nConnection: close\r\n`));
    const lines = readFileSync(accessLog, 'utf8').slice(before).split('\n');
    expect(lines).toEqual(['GET /x%0aforged HTTP/1.1|a\\"\\\\\\xff\\tb', 'GET /\\"\\\\ HTTP/1.1|second', '']);
  });

  it('may lose their folder: requests are answered, and lines are written again when it is back', async () => {
    const { port } = await start();
    renameSync(`${folder}/logs`, `${folder}/lost`);
    rmSync(`${folder}/lost/access.log`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(port, get('/gone'))));
    renameSync(`${folder}/lost`, `${folder}/logs`);
    expect(answers.map(statusesIn)).toEqual(answers.map(() => [200]));
  });
});

describe('descriptors that run out', () => {
  it('cost only the connections beyond: the server recovers by itself', async () => {
    const { running, port } = await start();
    execFileSync('prlimit', ['--pid', String(running.child.pid), '--nofile=64:64']);
    const clients = Array.from({ length: 150 }, () => new RawClient(port).send('GET / HT'));
    await Promise.all(
      clients
        .slice(100)
        .map(({ closed }) => Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500))])),
    );
    for (const client of clients) client.close();
    const deadline = Date.now() + 10_000;
    let statuses: number[] = [];
    while (statuses[0] !== 200 && Date.now() < deadline) statuses = statusesIn(await exchange(port, get('/good')));
    expect(statuses).toEqual([200]);
    expect(running.child.exitCode).toBeNull();
  });
});
