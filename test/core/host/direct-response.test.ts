import { EventEmitter, once } from 'node:events';
import { ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ContentHandler, RequestRecord } from '../../../index.ts';
import { testApp } from '../../../testing/index.ts';
import { RawClient, closeSites, exchange, serve } from './raw-client.ts';

afterEach(async () => {
  jest.restoreAllMocks();
  await closeSites();
});

const get = 'GET / HTTP/1.1\r\nHost: direct\r\n\r\n';
const last = 'GET /end HTTP/1.1\r\nHost: direct\r\nConnection: close\r\n\r\n';

/** Everything that a connection receives for `requests`, and how many heads Node wrote, `last` aside. */
async function received(contentHandler: ContentHandler, requests: string): Promise<{ raw: string; byNode: number }> {
  const writeHead = jest.spyOn(ServerResponse.prototype, 'writeHead');
  const { port } = await serve({ sections: [{ location: '/', contentHandler }] });
  const raw = await exchange(port, requests + last);
  // Servers that other tests have left behind may be at work in this process.
  const responses = writeHead.mock.contexts as readonly ServerResponse[];
  const byNode = responses.filter(({ req }) => req.headers.host === 'direct').length - 1;
  writeHead.mockRestore();
  return { raw: raw.replace(/^Date: .{29}$/gm, 'Date: now'), byNode };
}

/** Asking for the Koa context shows Node's response to the handler, which makes it leave by Node's own way. */
function throughNode(handler: ContentHandler): ContentHandler {
  return (r: RequestRecord) => {
    expect(r.ctx.res).toBeInstanceOf(ServerResponse);
    return handler(r);
  };
}

const plain: Record<string, ContentHandler> = {
  'a text': () => 'hello',
  'a text that is not ASCII': () => 'grüße — 你好',
  'no text at all': () => '',
  bytes: () => Uint8Array.from([0, 255, 10, 13, 128]),
  JSON: () => ({ name: 'Ada', city: 'Zürich' }),
  'many bytes': () => Buffer.alloc(200_000, 'x'),
  'a status without a body': () => 304,
  'an error page': () => 404,
  'headers several times': (r) => {
    r.headersOut.append('Set-Cookie', 'a=1').append('Set-Cookie', 'b=2').set('X-Tab', 'a\tb').set('X-Empty', '');
    return 'hello';
  },
  'a reason of its own': (r) => {
    r.statusLine = '200 Fine';
    return 'hello';
  },
  'a promise': () => Promise.resolve('later'),
};

describe('an answer that leaves in one piece', () => {
  it.each(Object.entries(plain))('is the same on the wire as by Node: %s', async (_, handler) => {
    const requests = get + get.replace('GET', 'HEAD') + get;
    const direct = await received(handler, requests);
    const node = await received(throughNode(handler), requests);
    expect(direct.raw).toBe(node.raw);
    expect([direct.byNode, node.byNode]).toEqual([0, 3]);
  });

  it.each([0, 99, 1_000, 3.5])('is a 500 for the status %s', async (status) => {
    const { raw } = await received((r) => ((r.status = status), 'body'), get);
    expect(raw).toMatch(/^HTTP\/1\.1 500 /);
  });

  it.each<[string, ContentHandler, string]>([
    ['a header in other than ASCII', (r) => (r.headersOut.set('X-Name', 'Zürich'), 'hello'), get],
    ['a Date of its own', (r) => (r.headersOut.set('Date', 'Thu, 01 Jan 1970 00:00:00 GMT'), 'hello'), get],
    [
      'a body in pieces',
      async (r) => {
        await r.write('hel');
        await r.flush();
        return 'lo';
      },
      get,
    ],
  ])('is left to Node: %s', async (_, handler, requests) => {
    const { raw, byNode: heads } = await received(handler, requests);
    expect(heads).toBe(1);
    expect(raw).toMatch(/HTTP\/1\.1 200 OK\r\n/);
  });

  it('refuses a header that HTTP does not allow as Node does', async () => {
    const { raw } = await received((r) => {
      if (r.uri === '/end') return 'end';
      r.headersOut.set('X-Split', 'a\r\nSet-Cookie: stolen=1');
      return 'hello';
    }, '');
    expect(raw).toMatch(/end$/);
    const { port } = await serve({
      sections: [{ location: '/', contentHandler: (r) => (r.headersOut.set('X-Split', 'a\r\nb: c'), 'hello') }],
    });
    expect(await exchange(port, last)).toMatch(/^HTTP\/1\.1 500 /);
  });

  it('is left to Node by a server that counts the requests of a connection', async () => {
    const app = await testApp({ contentHandler: () => 'hello' });
    const server = createServer(app).listen(0, '127.0.0.1');
    server.maxRequestsPerSocket = 2;
    await once(server, 'listening');
    try {
      const raw = await exchange((server.address() as AddressInfo).port, get.repeat(2));
      expect(raw.match(/^Connection: .*$/gm)).toEqual(['Connection: keep-alive', 'Connection: close']);
    } finally {
      server.close();
    }
  });

  it('waits for the answers before it', async () => {
    let release = (): void => undefined;
    const slow = new Promise<string>((resolve) => (release = () => resolve('slow')));
    const { port } = await serve({
      sections: [
        { location: '/slow', contentHandler: () => slow },
        { location: '/fast', contentHandler: () => 'fast' },
      ],
    });
    const client = new RawClient(port).send(get.replace('/', '/slow') + get.replace('/', '/fast'));
    setTimeout(release, 50);
    expect(await client.until(/fast/)).toMatch(/slow.*fast/s);
    client.close();
  });

  it('reaches a client that is slow to read, whole and before the next one', async () => {
    const { port } = await serve({ sections: [{ location: '/', contentHandler: () => 'x'.repeat(1_000_000) }] });
    const client = new RawClient(port);
    client.socket.pause();
    client.send(get.repeat(8) + last);
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.socket.resume();
    const raw = await client.closed;
    expect(raw.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(9);
    expect(raw.length).toBeGreaterThan(9_000_000);
  });

  it('stays what it was while a slow client has not taken it and others are answered', async () => {
    const fill = (r: RequestRecord): Buffer => Buffer.alloc(50_000, r.args);
    const { port } = await serve({ sections: [{ location: '/', contentHandler: fill }] });
    const ask = (text: string): string => `GET /?${text} HTTP/1.1\r\nHost: direct\r\n\r\n`;
    const slow = new RawClient(port);
    slow.socket.pause();
    slow.send(ask('~').repeat(150));
    // Its answers wait for the kernel by now, while these leave at once.
    for (let times = 0; times < 10; times++) await exchange(port, ask('^') + last);
    slow.socket.resume();
    const raw = await slow.send(last).closed;
    expect(raw.split('~').length - 1).toBe(150 * 50_000);
    expect(raw).not.toContain('^');
  });

  it('tells whoever listens of its end', async () => {
    const finished: number[] = [];
    const { port } = await serve({ sections: [{ location: '/', contentHandler: () => 'hello' }] });
    const emit = jest.spyOn(ServerResponse.prototype, 'emit').mockImplementation(function (
      this: ServerResponse,
      ...args: Parameters<ServerResponse['emit']>
    ) {
      if (args[0] === 'finish') finished.push(this.statusCode);
      return EventEmitter.prototype.emit.apply(this, args);
    });
    await exchange(port, get + last);
    emit.mockRestore();
    expect(finished).toEqual([200, 200]);
  });
});
