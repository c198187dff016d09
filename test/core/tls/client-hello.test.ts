import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Socket, createServer } from 'node:net';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { type FirstBytes, readClientHello } from '../../../core/tls/client-hello.ts';

/** What Node's TLS sends first. */
async function helloFor(servername: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = connect({ port, host: '127.0.0.1', servername }).on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  client.destroy();
  server.close();
  return bytes;
}

const hello = await helloFor('shop.test');

describe('readClientHello', () => {
  it("finds the server's name", async () => {
    expect(readClientHello(hello)).toEqual({ kind: 'hello', serverName: 'shop.test' });
    expect(readClientHello(await helloFor('SHOP.Test'))).toEqual({ kind: 'hello', serverName: 'shop.test' });
    expect(readClientHello(await helloFor(''))).toEqual({ kind: 'hello', serverName: undefined });
  });

  it('waits for the whole of it', () => {
    for (let length = 0; length < hello.length; length++) {
      expect(readClientHello(hello.subarray(0, length))).toBeUndefined();
    }
  });

  it('reads one that is spread over several records', () => {
    const message = hello.subarray(5);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: message.length - 1 }), (at) => {
        const records = [message.subarray(0, at), message.subarray(at)].map((part) =>
          Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part]),
        );
        expect(readClientHello(Buffer.concat(records))).toEqual({ kind: 'hello', serverName: 'shop.test' });
      }),
      { numRuns: 50 },
    );
  });

  it('knows other protocols by their first byte', () => {
    expect(readClientHello(Buffer.from('GET / HTTP/1.1\r\n'))).toEqual({ kind: 'noTls' });
    expect(readClientHello(Buffer.from('*1\r\n'))).toEqual({ kind: 'noTls' });
  });

  it('takes any bytes without an error, and waits for no end of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(hello.length - 1), (noise, at) => {
        const broken = Buffer.concat([
          hello.subarray(0, at),
          noise,
          hello.subarray(Math.min(at + noise.length, hello.length)),
        ]);
        const found: FirstBytes | undefined = readClientHello(broken);
        expect(['hello', 'noTls', undefined]).toContain(found?.kind);
        expect(readClientHello(Buffer.concat([broken, Buffer.alloc(20_000, broken)]))).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});
