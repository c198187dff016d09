import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { corePlugin } from '../../core/core-plugin.ts';
import { Generation } from '../../core/generation.ts';
import { phaseIndex } from '../../core/phases.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { logConfig } from '../../phases/log-config.ts';
import { LogServer } from './log-server.ts';

let server: LogServer;
afterEach(() => server.stop());

async function start(config: ConfigObject, ...folders: string[]): Promise<LogServer> {
  server = new LogServer();
  for (const folder of folders) mkdirSync(join(server.folder, folder));
  const answer: ConfigObject = { sections: [{ location: '/', contentHandler: () => 'Hello\n' }] };
  await server.start({ ...answer, ...config });
  return server;
}

describe('CustomLog', () => {
  it('takes a format, a nickname, or a nickname defined further down', async () => {
    await start({
      customLog: [
        ['./access.log', '%m %U'],
        ['./combined.log', 'Combined'],
        ['./later.log', 'later'],
      ],
      logFormat: ['<%U>', 'Later'],
    });
    await server.get('/a', 'User-Agent: curl\r\n');
    expect(server.lines()).toEqual(['GET /a']);
    expect(server.lines('combined.log')).toEqual([
      expect.stringMatching(/^127\.0\.0\.1 - - \[[^\]]+\] "GET \/a HTTP\/1\.1" 200 6 "-" "curl"$/),
    ]);
    expect(server.lines('later.log')).toEqual(['</a>']);
  });

  it('writes one line per request, also where several logs share a file', async () => {
    await start({
      customLog: [
        ['./access.log', '1 %U'],
        ['./access.log', '2 %U'],
      ],
    });
    await server.get('/a');
    await server.get('/b');
    expect(server.lines()).toEqual(['1 /a', '2 /a', '1 /b', '2 /b']);
  });

  it('asks env= and env=! about the environment', async () => {
    await start({
      customLog: [
        ['./marked.log', '%U', 'env=marked'],
        ['./others.log', '%U', 'ENV=!marked'],
      ],
      translateHandler: (r: RequestRecord) => {
        if (r.uri === '/marked') r.env.set('marked', '');
        return -1;
      },
    });
    for (const path of ['/marked', '/other']) await server.get(path);
    expect([server.lines('marked.log'), server.lines('others.log')]).toEqual([['/marked'], ['/other']]);
  });

  it('asks expr= for a condition, which may need time, and reports one that fails', async () => {
    await start({
      customLog: [
        ['./now.log', '%U', 'expr=%{REQUEST_URI} =~ m#^/a#'],
        ['./later.log', '%U', "expr=%{REQUEST_URI} == '/b' && -U '/a'"],
        ['./failed.log', '%U', "expr=file('/does/not/exist') == ''"],
        ['./last.log', '%U'],
      ],
    });
    for (const path of ['/a', '/b']) await server.get(path);
    while (server.lines('error.log').length < 2) await new Promise(setImmediate);
    expect([server.lines('now.log'), server.lines('later.log')]).toEqual([['/a'], ['/b']]);
    expect([server.lines('failed.log'), server.lines('last.log')]).toEqual([[], ['/a', '/b']]);
    expect(server.lines('error.log')).toEqual([
      expect.stringMatching(/\[log_config:warn\].*the request could not be logged: .*\/does\/not\/exist/),
      expect.stringContaining('[log_config:warn]'),
    ]);
  });
});

describe('the other directives', () => {
  it('let TransferLog use the LogFormat without a nickname, or the common one', async () => {
    await start({ transferLog: './common.log' });
    await server.get('/a');
    expect(server.lines('common.log')[0]).toMatch(/^127\.0\.0\.1 - - \[.*\] "GET \/a HTTP\/1\.1" 200 6$/);
    await server.stop();
    await start({ logFormat: [['short'], ['%U!', 'short']], transferLog: ['./a.log', './b.log'] });
    await server.get('/a');
    expect([server.lines('a.log'), server.lines('b.log')]).toEqual([['/a!'], ['/a!']]);
  });

  it("let a virtual host's logs replace the main server's, but not the global ones", async () => {
    await start({
      customLog: ['./main.log', 'main %v'],
      globalLog: ['./global.log', '%v'],
      logFormat: ['%v %U', 'where'],
      serverName: 'main.test',
      sections: [
        { virtualHost: '*', serverName: 'own.test', customLog: ['./own.log', 'where'] },
        { virtualHost: '*', serverName: 'none.test', logFormat: ['changed', 'where'] },
      ],
    });
    const from = (host: string): string => `GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    await server.send(from('own.test'), from('none.test'));
    expect(server.lines('own.log')).toEqual(['own.test /x']);
    expect(server.lines('main.log')).toEqual(['main none.test']);
    expect(server.lines('global.log')).toEqual(['own.test', 'none.test']);
  });
});

describe('the log phase', () => {
  it.each([
    [{}, 0],
    [{ globalLog: ['./a.log', 'common'] as const }, 1],
    [{ transferLog: './a.log' }, 1],
  ])('with %j has %i steps', async (config, steps) => {
    server = new LogServer();
    const source = { config, folder: server.folder };
    const generation = await Generation.load(source, { builtIn: [corePlugin, logConfig] });
    expect(generation.hosts.main.plan.steps[phaseIndex.log]).toHaveLength(steps);
    await generation.close();
  });
});

describe('a bad access log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-logs-'));
  const file = join(folder, 'httpd.conf');
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [
      'CustomLog missing/access.log common',
      `CustomLog needs a folder to write to, but ${join(folder, 'missing')} is none`,
    ],
    ['CustomLog . common', `takes the name of a file, but ${folder} is a folder`],
    ['ErrorLog missing/error.log', 'ErrorLog needs a folder to write to'],
    ['TransferLog missing/x', 'TransferLog needs a folder'],
    ['CustomLog "|" common', 'a piped log needs a program'],
    [
      'CustomLog a.log comon',
      'there is no LogFormat with the nickname comon; did you mean "common"?; a format itself has a % in it',
    ],
    ['CustomLog a.log "%h %Q"', 'LogFormat "%h %Q": there is no item %Q'],
    [
      'CustomLog a.log common envy=x',
      "CustomLog's last argument must be env=variable, env=!variable or expr=condition, not envy=x",
    ],
    ['CustomLog a.log common env=!', 'names no variable'],
    ['CustomLog a.log common "expr=%{X"', '%{X'],
    ['CustomLog "a.log keep=2" common', 'a.log never changes'],
    ['CustomLog "a.log size=lots" common', 'size= takes a number of bytes'],
    ['CustomLog a.%Q.log common', 'there is no time item %Q'],
    ['ErrorLog missing/%F/error.log', 'ErrorLog needs a folder to write to'],
    ['LogFormat "%{x}p" nick', 'expected canonical, local, remote'],
    ['ErrorLogFormat "no message"', 'ErrorLogFormat needs %M'],
    ['<Location "/">\nCustomLog a.log common\n</Location>', 'CustomLog is not allowed in <Location>'],
  ])('%s is an error at its line', async (line, message) => {
    server = new LogServer();
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `# first\n${line}\n`);
    const loading = Generation.load({ file }, { builtIn: [corePlugin, logConfig] });
    const at = line.startsWith('<') ? 3 : 2;
    await expect(loading).rejects.toMatchObject({ message: expect.stringContaining(message), file, line: at });
  });
});

describe('a log that can no longer be written', () => {
  it('never stops an answer when its folder is removed', async () => {
    await start({ customLog: ['./logs/access.log', '%U'] }, 'logs');
    await server.get('/1');
    rmSync(join(server.folder, 'logs'), { recursive: true });
    for (let number = 2; number < 20; number++) expect(await server.get(`/${number}`)).toContain('Hello');
  });

  it('never stops an answer when the disk is full', async () => {
    await start({ customLog: ['/dev/full', '%U'], errorLog: '/dev/full' });
    for (let number = 0; number < 20; number++) expect(await server.get('/')).toContain('Hello');
    expect(await server.get('/%zz')).toContain('400 Bad Request');
  });
});

describe('a line in the log', () => {
  it.each([
    ['/%0a127.0.0.1%20-%20-', '', '/\\n127.0.0.1 - -', '-'],
    ['/%22', 'User-Agent: "\\" 200 1\r\n', '/\\"', '\\"\\\\\\" 200 1'],
    ['/', 'User-Agent: \xff\xfe\x85\r\n', '/', '\\xff\\xfe\\x85'],
    ['/%1b[2J', '', '/\\x1b[2J', '-'],
  ])("can't be forged by %s %j", async (path, header, uri, agent) => {
    await start({ customLog: ['./access.log', '%U|%{User-Agent}i'] });
    await server.get(path, header);
    expect(server.lines()).toEqual([`${uri}|${agent}`]);
  });

  it('has the same id in both logs, also for the target of a redirect', async () => {
    await start({
      customLog: ['./access.log', '%L %U'],
      errorLogFormat: '%L %M',
      sections: [
        { location: '/', contentHandler: (r: RequestRecord) => (r.log('said'), 'ok') },
        { location: '/moved', contentHandler: (r: RequestRecord) => (r.log('moving'), r.internalRedirect('/'), -2) },
      ],
    });
    await server.get('/a');
    await server.get('/moved');
    const [first, second] = server.lines().map((line) => line.split(' ')[0]);
    expect(first).not.toBe(second);
    expect(server.lines('error.log')).toEqual([`${first} said`, `${second} moving`, `${second} said`]);
  });

  it('is there once for a client that goes away, marked X', async () => {
    let begun = (): void => {};
    const running = new Promise<void>((resolve) => (begun = resolve));
    let gone = (): void => {};
    const aborted = new Promise<void>((resolve) => (gone = resolve));
    await start({
      customLog: ['./access.log', '%X %U %B'],
      sections: [
        {
          location: '/slow',
          async contentHandler(r: RequestRecord) {
            r.signal.addEventListener('abort', gone);
            r.registerCleanup(gone);
            await r.write('part');
            await r.flush();
            begun();
            await aborted;
            return 'late';
          },
        },
      ],
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n');
    await running;
    socket.destroy();
    await aborted;
    await server.get('/next');
    const [first, second, ...others] = server.lines();
    expect(first).toMatch(/^X \/slow \d+$/);
    expect(second).toMatch(/^\+ \/next \d+$/);
    expect(others).toEqual([]);
  });

  it('is marked X where the answer was cut off', async () => {
    await start({
      customLog: ['./access.log', '%X %s %B'],
      sections: [
        {
          location: '/',
          async contentHandler(r: RequestRecord) {
            await r.write('part');
            await r.flush();
            throw new Error('broken');
          },
        },
      ],
    });
    await server.get('/');
    expect(server.lines()).toEqual(['X 200 4']);
  });
});
