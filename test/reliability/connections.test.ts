import { readdirSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConnectionHandler, createApp } from '../../index.ts';
import { runConnection } from '../../testing/index.ts';
import { RawClient, closeSites, exchange, serve } from '../core/host/raw-client.ts';
import { makeSite } from '../make-site.ts';

const resp = fileURLToPath(new URL('../../examples/resp/resp.ts', import.meta.url));

const folder = makeSite({
  'say.ts': `export default async (connection) => {
    for await (const _ of connection.lines()) await connection.write(connection.server.hostname + '\\n');
    return 0;
  };\n`,
});

afterEach(closeSites);

/** Open descriptors of this process; where the system doesn't tell, always the same. */
function descriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}

describe('clients of a connection handler', () => {
  it('that vanish in every way leave nothing behind, and disturb nobody', async () => {
    const { app, port, log } = await serve({ connectionHandler: resp });
    const patient = new RawClient(port).send('PING\r\n');
    await patient.until(/PONG/);
    const before = descriptors();
    const ways: readonly ((socket: Socket) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end(),
      (socket) => socket.end('*1\r\n$4\r\nPI'),
      (socket) => socket.write('PING\r\n'.repeat(5_000), () => socket.resetAndDestroy()),
    ];
    for (let round = 0; round < 20; round++) {
      await Promise.all(ways.map(async (vanish) => vanish(await opened(port))));
    }
    const deadline = Date.now() + 5_000;
    while (descriptors() > before && Date.now() < deadline) await wait(50);
    expect(descriptors()).toBeLessThanOrEqual(before);
    expect(await patient.send('ECHO still\r\n').until(/still/)).toContain('still');
    expect(log.messages()).toEqual([]);
    patient.close();
    await app.stop();
  });

  it('that send anything at all are answered or refused, and nothing throws', async () => {
    const { connectionHandler } = (await import(resp)) as { connectionHandler: ConnectionHandler };
    const alphabet = fc.constantFrom('*', '$', '1', '2', '-', '\r\n', '\r', '\n', ' ', 'GET', 'SET', 'x', '\0', 'é');
    await fc.assert(
      fc.asyncProperty(fc.array(alphabet, { maxLength: 30 }), async (words) => {
        // Rejects where the handler fails, or answers otherwise for other cuts.
        await runConnection(connectionHandler, ['FLUSHALL\r\n', words.join('')]);
      }),
      { numRuns: 15 },
    );
  });

  it('keep the config that they began with when it is read anew', async () => {
    const file = `${folder}/httpd.conf`;
    const write = (name: string): void =>
      writeFileSync(
        file,
        `Listen 127.0.0.1:0\nErrorLog /dev/null\nServerName ${name}\nGracefulShutdownTimeout 1\nConnectionHandler ./say.ts\n`,
      );
    write('old.test');
    const app = createApp(file);
    const [url] = await app.start();
    const port = Number(new URL(url!).port);
    const client = new RawClient(port).send('who\n');
    await client.until(/old\.test/);
    write('new.test');
    await app.reload();
    const other = new RawClient(port).send('who\n');
    await other.until(/new\.test/);
    expect(await client.send('who\n').until(/old\.test/, 2)).toBe('old.test\nold.test\n');
    await app.stop();
    expect([await client.closed, await other.closed]).toEqual(['old.test\nold.test\n', 'new.test\n']);
  });

  it('that speak HTTP where nobody does get the answer of the protocol', async () => {
    const { port } = await serve({ connectionHandler: resp });
    expect(await exchange(port, 'GET / HTTP/1.1\r\nquit\r\n')).toMatch(/^-ERR wrong number of arguments.*\+OK\r\n$/s);
  });
});
