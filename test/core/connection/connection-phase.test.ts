import { afterEach, describe, expect, it } from '@jest/globals';
import { type ConnectionRecord, DECLINED, OK, definePlugin } from '../../../index.ts';
import { RawClient, closeSites, exchange, serve } from '../host/raw-client.ts';

afterEach(closeSites);

const hello = { location: '/hello', contentHandler: () => 'hello' };
const get = 'GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

async function shout(connection: ConnectionRecord): Promise<typeof OK> {
  for await (const line of connection.lines()) await connection.write(line.toString().toUpperCase());
  return OK;
}

describe('A connection handler', () => {
  it('speaks a protocol of its own', async () => {
    const { port } = await serve({ connectionHandler: shout });
    const client = new RawClient(port).send('one\ntw');
    expect(await client.until(/\n/)).toBe('ONE\n');
    client.send('o\nthree').socket.end();
    expect(await client.closed).toBe('ONE\nTWO\nTHREE');
  });

  it('leaves to HTTP every byte that it has read or looked at, by declining', async () => {
    const seen: string[] = [];
    const { port } = await serve({
      connectionHandler: [
        async (connection) => {
          seen.push((await connection.peek(3)).toString(), (await connection.readLine()).toString());
          return DECLINED;
        },
        async (connection) => {
          seen.push((await connection.read(4)).toString());
          return DECLINED;
        },
      ],
      sections: [hello],
    });
    expect(await exchange(port, get)).toMatch(/^HTTP\/1\.1 200 .*hello$/s);
    expect(seen).toEqual(['GET', 'GET /hello HTTP/1.1\r\n', 'GET ']);
  });

  it('leaves to HTTP a client that has closed its side already', async () => {
    const { port } = await serve({
      async connectionHandler(connection) {
        await connection.peek(1_000);
        return DECLINED;
      },
      sections: [hello],
    });
    const client = new RawClient(port).send(get);
    client.socket.end();
    expect(await client.closed).toMatch(/^HTTP\/1\.1 200 .*hello$/s);
  });

  it('leaves to HTTP at once what it is not asked about', async () => {
    const { port } = await serve({ connectionHandler: () => DECLINED, sections: [hello] });
    const client = new RawClient(port).send(get.replace('close', 'keep-alive'));
    await client.until(/hello$/);
    client.send(get);
    expect(await client.closed).toMatch(/hello.*hello$/s);
  });

  it('is asked in order, and the first that keeps the connection has it', async () => {
    const plugin = definePlugin({
      name: 'first',
      connection: { order: 'first', handler: (connection) => (connection.notes.set('met', 'first'), DECLINED) },
    });
    const { port } = await serve({
      plugins: [plugin],
      connectionHandler: [
        () => DECLINED,
        (connection) => {
          void connection.write(`${connection.notes.get('met')}`);
          return OK;
        },
        () => {
          throw new Error('not asked');
        },
      ],
    });
    expect(await exchange(port, '')).toBe('first');
  });
});

describe('A connection handler that fails', () => {
  const failures: readonly [string, (connection: ConnectionRecord) => unknown, RegExp][] = [
    [
      'throws',
      () => {
        throw new Error('no luck');
      },
      /connection handler .*no luck/,
    ],
    ['rejects', () => Promise.reject(new Error('no luck')), /connection handler .*no luck/],
    ['returns nothing', () => undefined, /returned undefined; it must return OK/],
    ['answers with a status', () => 403, /returned 403; it must return OK/],
    [
      'declines after it has written',
      (connection) => (void connection.write('x'), DECLINED),
      /declined after it had written/,
    ],
  ];

  it.each(failures)('%s: closes its connection, says so once, and disturbs no other', async (_, handler, message) => {
    let calls = 0;
    const { port, log } = await serve({
      connectionHandler: ((connection: ConnectionRecord) => (calls++ === 0 ? handler(connection) : DECLINED)) as never,
      sections: [hello],
    });
    await new RawClient(port).closed;
    expect(log.messages()).toEqual([expect.stringMatching(message)]);
    expect(await exchange(port, get)).toMatch(/hello$/);
  });
});
