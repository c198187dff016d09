import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type RawAnswer, exchange } from './raw-exchange.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** What the client makes of these bytes, which come in pieces; then the server hangs up if told so. */
async function received(pieces: readonly string[], hangsUp = false, hasBody = true): Promise<RawAnswer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    void (async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (hangsUp) socket.end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return exchange((server.address() as AddressInfo).port, Buffer.from('GET / HTTP/1.1\r\n\r\n'), hasBody);
}

const head = 'HTTP/1.1 200 OK\r\nX-A: b\r\n';

describe('the client of the comparison', () => {
  it('reads a body by its length, with the connection left open', async () => {
    const { status, headers, body } = await received([`${head}Content-Length: 4\r\n`, '\r\nab', 'cd']);
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'abcd' });
    expect(headers).toEqual([
      ['x-a', 'b'],
      ['content-length', '4'],
    ]);
  });

  it('reads chunks, wherever they are torn', async () => {
    const { body } = await received([
      `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r`,
      '\n3;x=y\r\ncd',
      'e\r\n0\r\n\r\n',
    ]);
    expect(body.toString()).toBe('abcde');
  });

  it('reads to the end where nothing else says how long it is', async () => {
    expect((await received([`${head}\r\nab`, 'c'], true)).body.toString()).toBe('abc');
  });

  it('waits for no body of HEAD and 304, and skips interim answers', async () => {
    expect((await received([`${head}Content-Length: 9\r\n\r\n`], false, false)).body).toHaveLength(0);
    expect((await received(['HTTP/1.1 304 Not Modified\r\n\r\n'])).status).toBe(304);
    expect((await received([`HTTP/1.1 100 Continue\r\n\r\n${head}Content-Length: 0\r\n\r\n`])).status).toBe(200);
  });

  it('gives status 0 where the server hangs up', async () => {
    expect((await received([], true)).status).toBe(0);
  });
});
