import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type ConnectionRecord, DECLINED, OK, stateKey } from '../../../index.ts';
import { fakeConnection, runConnection } from '../../../testing/index.ts';
import { RawClient, closeSites, exchange, serve } from '../host/raw-client.ts';

afterEach(closeSites);

async function echo(connection: ConnectionRecord): Promise<typeof OK> {
  for await (const piece of connection) await connection.write(piece);
  return OK;
}

describe('Reading a connection', () => {
  it('gives bytes, lines, and a look at what is next', async () => {
    const connection = fakeConnection();
    connection.peer.send('one\ntwo\nthree').end();
    expect((await connection.peek(5)).toString()).toBe('one\nt');
    expect((await connection.read(2)).toString()).toBe('on');
    expect((await connection.readLine()).toString()).toBe('e\n');
    expect((await connection.readLine(2)).toString()).toBe('tw');
    expect((await connection.readLine()).toString()).toBe('o\n');
    expect((await connection.peek(9)).toString()).toBe('three');
    expect((await connection.readLine()).toString()).toBe('three');
    for (const read of [connection.read(), connection.readLine(), connection.peek(1)]) {
      expect((await read).length).toBe(0);
    }
  });

  it('refuses counts that are none, a peek above the limit, and two reads at a time', async () => {
    const connection = fakeConnection();
    await expect(connection.read(-1)).rejects.toThrow(RangeError);
    await expect(connection.readLine(0.5)).rejects.toThrow('readLine takes a whole number of bytes');
    await expect(connection.peek(65_537)).rejects.toThrow('peek takes at most 65536 bytes');
    const first = connection.read();
    await expect(connection.read()).rejects.toThrow('is being read already');
    connection.peer.send('x');
    expect((await first).toString()).toBe('x');
  });

  it('takes in no more than somebody wants', async () => {
    const { port } = await serve({ connectionHandler: () => new Promise<never>(() => undefined) });
    const client = connect(port, '127.0.0.1');
    client.on('error', () => undefined);
    const chunk = Buffer.alloc(1_048_576);
    let sent = 0;
    while (client.write(chunk) || (await Promise.race([drained(client), wait(300, false)]))) {
      sent += chunk.length;
      if (sent > 100_000_000) break;
    }
    expect(sent).toBeLessThan(20_000_000);
    client.destroy();
  });

  it('fails where HTTP has the connection', async () => {
    const { port } = await serve({ sections: [{ location: '/', contentHandler: (r) => r.connection.read() }] });
    expect(await exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 500 /);
  });

  it('goes on behind what was put back, whatever was put back', async () => {
    const body = 'x'.repeat(60_000);
    const { left } = await runConnection(
      async (connection) => {
        while ((await connection.read(7_000)).length > 0);
        return DECLINED;
      },
      [body],
    );
    expect(left.toString() === body).toBe(true);
  });

  it('can not be taken back once it was too much', async () => {
    const greedy = async (connection: ConnectionRecord): Promise<typeof DECLINED> => {
      while ((await connection.read()).length > 0);
      return DECLINED;
    };
    await expect(runConnection(greedy, ['x'.repeat(70_000)])).rejects.toThrow('read more than can be put back');
  });
});

function drained(client: ReturnType<typeof connect>): Promise<boolean> {
  return new Promise((resolve) => client.once('drain', () => resolve(true)));
}

describe('Writing to a connection', () => {
  it('waits for a client that does not read', async () => {
    let written = 0;
    const { port } = await serve({
      async connectionHandler(connection) {
        for (; written < 64; written++) await connection.write(Buffer.alloc(1_048_576));
        return OK;
      },
    });
    const client = connect(port, '127.0.0.1').pause();
    await wait(300);
    expect(written).toBeLessThan(50);
    let received = 0;
    for await (const piece of client) received += (piece as Buffer).length;
    expect(received).toBe(64 * 1_048_576);
  });

  it('sends what was written in one turn together, and the rest before it closes', async () => {
    const { port } = await serve({
      connectionHandler(connection) {
        for (let number = 0; number < 1_000; number++) void connection.write(`${number}\n`);
        return OK;
      },
    });
    expect((await exchange(port, '')).split('\n')).toHaveLength(1_001);
  });

  it('is over after end, while the client may still speak', async () => {
    const seen: string[] = [];
    const { port } = await serve({
      async connectionHandler(connection) {
        await connection.write('bye');
        await connection.end();
        expect(() => connection.write('more')).toThrow('write came too late');
        for await (const piece of connection) seen.push(piece.toString());
        return OK;
      },
    });
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const received = await new Promise((resolve) => client.once('data', (data) => resolve(data.toString())));
    client.end('thanks');
    await new Promise((resolve) => client.once('close', resolve));
    expect([received, seen]).toEqual(['bye', ['thanks']]);
  });
});

describe('The end of a connection', () => {
  it('is told to a handler whose client is gone, and is no error of the handler', async () => {
    let over: (states: readonly boolean[]) => void;
    const outcome = new Promise<readonly boolean[]>((resolve) => (over = resolve));
    const { port, log } = await serve({
      async connectionHandler(connection) {
        connection.registerCleanup(() => over([connection.signal.aborted, connection.aborted]));
        while (true) {
          await connection.write('x'.repeat(10_000));
          await wait(1);
        }
      },
    });
    const client = new RawClient(port);
    await client.until(/x/);
    client.socket.resetAndDestroy();
    expect(await outcome).toEqual([true, true]);
    await wait(20);
    expect(log.messages()).toEqual([]);
    expect(log.messages('info')).toContainEqual(
      expect.stringMatching(/connection handler .*: the client closed the connection/),
    );
  });

  it('comes to a client that says nothing for as long as Timeout allows, unless the handler allows more', async () => {
    const { port } = await serve({
      timeout: 1,
      async connectionHandler(connection) {
        if ((await connection.read()).toString() === 'patience') connection.timeout = 0;
        return echo(connection);
      },
    });
    const [silent, patient] = [new RawClient(port).send('x'), new RawClient(port).send('patience')];
    await silent.closed;
    await wait(200);
    patient.send('still there');
    expect(await patient.until(/there/)).toBe('still there');
    patient.close();
  });

  it('comes in good order when the server stops: who reads gets the end of the input', async () => {
    const { app, port } = await serve({
      gracefulShutdownTimeout: 5,
      async connectionHandler(connection) {
        await echo(connection);
        await connection.write('goodbye');
        return OK;
      },
    });
    const client = new RawClient(port).send('hello ');
    await client.until(/hello/);
    const stopped = app.stop();
    expect(await client.closed).toBe('hello goodbye');
    await stopped;
  });

  it('comes to what a handler has left behind when it ends', async () => {
    let left: Promise<unknown> | undefined;
    const { port } = await serve({
      async connectionHandler(connection) {
        await connection.read();
        left = connection.read().catch((error: Error) => error.message);
        await connection.write('bye');
        return OK;
      },
    });
    expect(await exchange(port, 'x')).toBe('bye');
    expect(await left).toMatch('the connection is over');
  });

  it('comes by force to a handler that never ends', async () => {
    const { app, port } = await serve({
      gracefulShutdownTimeout: 1,
      connectionHandler: () => new Promise<never>(() => undefined),
    });
    const client = new RawClient(port);
    await new Promise((resolve) => client.socket.once('connect', resolve));
    await wait(20);
    await app.stop();
    expect(await client.closed).toBe('');
  });

  it('leaves nothing behind: notes and state are those of one connection', async () => {
    const key = stateKey<number>('count');
    const { port } = await serve({
      connectionHandler(connection) {
        const count = (connection.state.get(key) ?? 0) + 1;
        connection.state.set(key, count);
        void connection.write(`${connection.id > 0} ${connection.secure} ${count}`);
        return OK;
      },
    });
    expect(await exchange(port, '')).toBe('true false 1');
    expect(await exchange(port, '')).toBe('true false 1');
  });
});
