import { Transform } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ConnectionFilter,
  type ConnectionRecord,
  DECLINED,
  OK,
  type RequestRecord,
  createApp,
} from '../../../index.ts';
import { RawClient, closeSites, exchange, serve } from '../host/raw-client.ts';

afterEach(closeSites);

const rotated = (chunk: Uint8Array): Uint8Array => chunk.map((byte) => byte ^ 0x55);
const rotate = (text: string): string => Buffer.from(rotated(Buffer.from(text, 'latin1'))).toString('latin1');

/** The same work in every form: a byte for a byte. */
const forms: Readonly<Record<string, ConnectionFilter>> = {
  object: { type: 'connection', data: (chunk, f) => f.passOn(rotated(chunk)) },
  'async object': {
    type: 'connection',
    async data(chunk, f) {
      await new Promise((resolve) => setImmediate(resolve));
      await f.passOn(rotated(chunk));
    },
  },
  generator: Object.assign(
    async function* (chunks: AsyncIterable<Uint8Array>, _f: unknown) {
      for await (const chunk of chunks) yield rotated(chunk);
    },
    { type: 'connection' as const },
  ),
  'web stream': Object.assign(
    () =>
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => controller.enqueue(rotated(chunk)),
      }),
    { type: 'connection' as const },
  ),
  'Node stream': Object.assign(
    () => new Transform({ transform: (chunk: Uint8Array, _, done) => done(null, rotated(chunk)) }),
    { type: 'connection' as const },
  ),
};

async function echo(connection: ConnectionRecord): Promise<typeof OK> {
  for await (const piece of connection) await connection.write(piece);
  return OK;
}

const rotating = (filter: ConnectionFilter) => ({
  inputFilter: ['ROTATE', filter] as const,
  outputFilter: ['ROTATE', filter] as const,
  setConnectionInputFilter: 'ROTATE',
  setConnectionOutputFilter: 'ROTATE',
});

describe.each(Object.entries(forms))('A connection filter as %s', (_, filter) => {
  it('stands between the client and a connection handler, in both directions', async () => {
    const { port } = await serve({
      ...rotating(filter),
      async connectionHandler(connection) {
        for await (const line of connection.lines()) await connection.write(line.toString().toUpperCase());
        return OK;
      },
    });
    const client = new RawClient(port).send(rotate('one\n'));
    expect(rotate(await client.until(/./))).toContain('O');
    client.send(rotate('two')).socket.end();
    expect(rotate(await client.closed)).toBe('ONE\nTWO');
  });

  it('stands between the client and HTTP', async () => {
    const { port, log } = await serve({
      ...rotating(filter),
      sections: [
        { location: '/', contentHandler: async (r: RequestRecord) => `${r.connection.clientIp} ${await r.text()}` },
      ],
    });
    const body = 'x'.repeat(100_000);
    const client = new RawClient(port);
    client.send(rotate(`POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    client.send(rotate('GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'));
    expect(rotate(await client.closed).split(/(?=HTTP\/1\.1 )/)).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n127\.0\.0\.1 x{100000}$/s),
      expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n127\.0\.0\.1 $/s),
    ]);
    expect(log.messages()).toEqual([]);
  });
});

describe('Connection filters', () => {
  const mark = (letter: string, type: 'connection' | 'network'): ConnectionFilter => ({
    type,
    data: (chunk, f) => f.passOn(`${Buffer.from(chunk).toString()}${letter}`),
    end: (f) => f.passOn(`.${letter}`),
  });

  it('stand in the order of their types, and within one type in that of the config', async () => {
    const { port } = await serve({
      outputFilter: [
        ['N', mark('n', 'network')],
        ['A', mark('a', 'connection')],
        ['B', mark('b', 'connection')],
      ],
      setConnectionOutputFilter: 'N;A;B',
      connectionHandler: (connection) => (void connection.write('x'), OK),
    });
    expect(await exchange(port, '')).toBe('xabn.abn.bn.n');
  });

  it('can be added by a handler that declines, and by name or itself', async () => {
    const { port } = await serve({
      outputFilter: ['A', mark('a', 'connection')],
      connectionHandler: [
        (connection) => {
          connection.addOutputFilter('A');
          connection.addOutputFilter(mark('b', 'connection'));
          expect(() => connection.addOutputFilter('NOBODY')).toThrow('there is no output filter NOBODY');
          return DECLINED;
        },
        (connection) => (void connection.write('x'), OK),
      ],
    });
    expect(await exchange(port, '')).toBe('xab.ab.b');
  });

  it('can step aside', async () => {
    const once: ConnectionFilter = {
      type: 'connection',
      data(chunk, f) {
        f.remove();
        return f.passOn(`(${Buffer.from(chunk).toString()})`);
      },
    };
    const { port } = await serve({
      inputFilter: ['ONCE', once],
      outputFilter: ['ONCE', once],
      setConnectionInputFilter: 'ONCE',
      setConnectionOutputFilter: 'ONCE',
      connectionHandler: echo,
    });
    const client = new RawClient(port).send('a');
    await client.until(/\)\)/);
    client.send('b');
    await client.until(/b/);
    client.socket.end();
    expect(await client.closed).toBe('((a))b');
  });

  it('that throw close their connection, say so once, and disturb no other', async () => {
    let calls = 0;
    const failing: ConnectionFilter = {
      type: 'connection',
      data(chunk, f) {
        if (calls++ === 0) throw new Error('no luck');
        return f.passOn(chunk);
      },
    };
    for (const direction of ['Input', 'Output'] as const) {
      calls = 0;
      const { port, log } = await serve({
        [`${direction.toLowerCase()}Filter`]: ['BAD', failing],
        [`setConnection${direction}Filter`]: 'BAD',
        connectionHandler: echo,
      });
      expect(await exchange(port, 'x')).toBe('');
      expect(log.messages()).toEqual([expect.stringMatching(/connection filter BAD: Error: no luck/)]);
      const client = new RawClient(port).send('y');
      await client.until(/y/);
      client.close();
    }
  });

  it('of the wrong kind are errors at start, with their line', async () => {
    const wrong = [
      [{ data: () => undefined }, 'is of the type resource, which needs a request'],
      [{ type: 'connection', brigade: (brigade: unknown) => brigade }, 'takes brigades'],
      [{ type: 'connection', init: () => OK, data: () => undefined }, 'has an init'],
    ] as const;
    for (const [filter, message] of wrong) {
      await expect(
        createApp({ outputFilter: ['X', filter as never], setConnectionOutputFilter: 'X' }).ready(),
      ).rejects.toThrow(`SetConnectionOutputFilter: the filter X ${message}`);
    }
  });
});
