import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestConnection, testConnection } from '../../testing/index.ts';

const hasApache = spawnSync('which', ['apache2']).status === 0;

/** What a client sends, piece by piece, before it closes its side. */
const conversations: Readonly<Record<string, readonly (string | Uint8Array)[]>> = {
  'a line': ['hello\n'],
  'several lines at once': ['one\ntwo\r\nthree\n'],
  'an unfinished last line': ['one\ntwo'],
  'a line in pieces': ['he', 'll', 'o\n'],
  'any bytes': [Uint8Array.from({ length: 512 }, (_, at) => at & 255)],
  'what looks like a request': ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  'a line of 20,000 bytes': ['x'.repeat(20_000), '\n'],
  'lines of 300,000 bytes': ['0123456789\n'.repeat(27_300)],
  nothing: [],
};

async function converse(port: number, chunks: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const received = buffer(socket);
  for (const chunk of chunks) {
    socket.write(chunk);
    await wait(10);
  }
  socket.end();
  return (await received).toString('latin1');
}

describe('ProtocolEcho', () => {
  let server: TestConnection;
  beforeAll(async () => void (server = await testConnection({ protocolEcho: true })));
  afterAll(() => server.stop());

  it.each(Object.entries(conversations))('sends back %s', async (_, chunks) => {
    const sent = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string))).toString('latin1');
    expect((await converse(server.port, chunks)) === sent).toBe(true);
  });

  it('answers before a line is finished', async () => {
    const peer = server.connect().send('hel');
    expect(await peer.until(3)).toBe('hel');
    peer.end();
    await peer.closed;
  });

  it('stands in virtual hosts, by their address', async () => {
    const other = await testConnection({
      sections: [
        { virtualHost: '127.0.0.1', protocolEcho: true },
        { virtualHost: '127.0.0.2', contentHandler: () => 'HTTP' },
      ],
    });
    expect(await converse(other.port, ['hello\n'])).toBe('hello\n');
    await other.stop();
  });
});

(hasApache ? describe : describe.skip)('mod_echo of a real Apache (skipped where apache2 is missing)', () => {
  let port = 0;
  let stop: () => Promise<unknown>;
  let server: TestConnection;

  beforeAll(async () => {
    server = await testConnection({ protocolEcho: true });
    port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'sluice-echo-'));
    const modules = '/usr/lib/apache2/modules';
    writeFileSync(
      join(folder, 'httpd.conf'),
      [
        `ServerRoot "${folder}"`,
        `Listen 127.0.0.1:${port}`,
        'PidFile httpd.pid',
        'ErrorLog error.log',
        'ServerName localhost',
        `LoadModule mpm_event_module ${modules}/mod_mpm_event.so`,
        `LoadModule authz_core_module ${modules}/mod_authz_core.so`,
        `LoadModule echo_module ${modules}/mod_echo.so`,
        'ProtocolEcho On',
      ].join('\n'),
    );
    const apache = spawn('apache2', ['-d', folder, '-f', 'httpd.conf', '-DFOREGROUND'], { stdio: 'ignore' });
    const ended = once(apache, 'exit');
    stop = () => (apache.kill(), ended);
    while (!(await isOpen(port))) await wait(20);
  });

  afterAll(() => Promise.all([stop(), server.stop()]));

  it.each(Object.entries(conversations))('gives the same for %s', async (_, chunks) => {
    const [ours, theirs] = await Promise.all([converse(server.port, chunks), converse(port, chunks)]);
    expect(ours === theirs).toBe(true);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
