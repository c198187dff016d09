import { describe, expect, it } from '@jest/globals';
import { type ConnectionHandler, type ConnectionRecord, DECLINED, OK } from '../../index.ts';
import { fakeConnection, runConnection, testConnection } from '../../testing/index.ts';

async function shout(connection: ConnectionRecord): Promise<typeof OK> {
  for await (const line of connection.lines()) await connection.write(line.toString().toUpperCase());
  return OK;
}

describe('fakeConnection', () => {
  it('gives a handler what its peer sends, and the peer what the handler writes', async () => {
    const connection = fakeConnection({ clientIp: '192.0.2.7', localPort: 7 });
    const over = shout(connection);
    connection.peer.send('hel', 'lo\n');
    expect(await connection.peer.until(/\n/)).toBe('HELLO\n');
    connection.peer.send('bye').end();
    expect(await connection.peer.until(/BYE/)).toBe('HELLO\nBYE');
    expect(await over).toBe(OK);
    expect([connection.clientIp, connection.localPort, connection.server.isVirtual]).toEqual(['192.0.2.7', 7, false]);
  });

  it('lets a writer wait for a peer that does not read', async () => {
    const connection = fakeConnection();
    connection.peer.pause();
    let written = 0;
    const writing = (async () => {
      for (; written < 100; written++) await connection.write(Buffer.alloc(10_000));
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(written).toBeLessThan(20);
    connection.peer.resume();
    await writing;
    await connection.peer.until(1_000_000);
  });

  it('tells a handler of a peer that goes away, or does nothing for too long', async () => {
    const reset = fakeConnection();
    const reading = reset.read();
    reset.peer.abort();
    await expect(reading).rejects.toMatchObject({ name: 'ConnectionAborted', code: 'ECONNRESET' });
    expect(reset.signal.aborted).toBe(true);
    const silent = fakeConnection();
    const waiting = silent.read();
    silent.expire();
    await expect(waiting).rejects.toMatchObject({ name: 'ConnectionAborted', code: 'ETIMEDOUT' });
  });

  it('keeps what is logged', () => {
    const connection = fakeConnection();
    connection.log('odd', 'warn', 'shout');
    expect(connection.logged).toEqual([{ level: 'warn', message: '[client 127.0.0.1:49152] odd', module: 'shout' }]);
  });
});

describe('runConnection', () => {
  it('gives what the client receives', async () => {
    const outcome = await runConnection(shout, ['one\ntw', 'o\n']);
    expect(outcome).toMatchObject({ text: 'ONE\nTWO\n', declined: false });
  });

  it('gives what is left to HTTP by a handler that declines', async () => {
    const peekOnly: ConnectionHandler = async (connection) => (await connection.peek(4), DECLINED);
    const { declined, left } = await runConnection(peekOnly, ['GET / HTTP/1.1\r\n']);
    expect([declined, left.toString()]).toEqual([true, 'GET / HTTP/1.1\r\n']);
  });

  it('rejects where it matters how the input is cut', async () => {
    const naive: ConnectionHandler = async (connection) => {
      for await (const piece of connection) await connection.write(`<${piece.toString()}>`);
      return OK;
    };
    await expect(runConnection(naive, ['hello'])).rejects.toThrow(/naive answers otherwise when it is fed .*cut/s);
  });

  it('rejects where the handler fails or never ends', async () => {
    const failing: ConnectionHandler = () => {
      throw new Error('no luck');
    };
    await expect(runConnection(failing, ['x'])).rejects.toThrow('no luck');
    const endless: ConnectionHandler = () => new Promise<never>(() => undefined);
    await expect(runConnection(endless, ['x'], { timeout: 30 })).rejects.toThrow('did not come to an end within 30 ms');
  });
});

describe('testConnection', () => {
  it('serves a handler on a real socket', async () => {
    const server = await testConnection(shout);
    const peer = server.connect().send('hello\n');
    expect(await peer.until(/\n/)).toBe('HELLO\n');
    peer.send('bye').end();
    expect((await peer.closed).toString()).toBe('HELLO\nBYE');
    await server.stop();
  });

  it('ends the input of handlers that wait when it stops', async () => {
    const server = await testConnection({ connectionHandler: 'echo' });
    const peer = server.connect().send('x');
    await peer.until(1);
    await server.stop();
    expect((await peer.closed).toString()).toBe('x');
  });
});
