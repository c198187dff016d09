import { afterEach, describe, expect, it } from '@jest/globals';
import { RawClient, closeSites, exchange, serve, statusesIn } from './raw-client.ts';

afterEach(closeSites);

const ignoring = { location: '/', contentHandler: () => 'ignored' };
const reading = { location: '/read', contentHandler: (r: { text(): Promise<string> }) => r.text() };
const next = 'GET /?next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

function post(body: string, path = '/', length = body.length): string {
  return `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

function chunked(body: string): string {
  return `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

describe('a body that nobody read', () => {
  it.each([
    ['short', post('x'.repeat(1_000))],
    ['as long as is worth it', post('x'.repeat(65_536))],
    ['chunked', chunked('x'.repeat(1_000))],
  ])('is cleared away for the next request where it is %s', async (_, request) => {
    const { port } = await serve({ sections: [ignoring] });
    expect(statusesIn(await exchange(port, request + next))).toEqual([200, 200]);
  });

  it.each([
    ['long', post('x'.repeat(300_000))],
    ['long and chunked', chunked('x'.repeat(300_000))],
  ])('closes the connection where it is %s', async (_, request) => {
    const { port } = await serve({ sections: [ignoring] });
    expect(statusesIn(await exchange(port, request + next))).toEqual([200]);
  });

  it('is never taken for a request', async () => {
    const { port } = await serve({ sections: [{ location: '/', contentHandler: () => 413 }] });
    const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(statusesIn(await exchange(port, post(smuggled.repeat(3))))).toEqual([413]);
  });

  it('does not take the answer away from a client that is still sending', async () => {
    const { port } = await serve({ limitRequestBody: 10, sections: [reading] });
    const client = new RawClient(port).send(post('', '/read', 8_000_000));
    for (let sent = 0; sent < 8_000_000; sent += 100_000) {
      if (client.socket.destroyed) break;
      if (!client.socket.write('x'.repeat(100_000)))
        await new Promise((resolve) => client.socket.once('drain', resolve).once('close', resolve));
    }
    const received = await client.closed;
    expect(statusesIn(received)).toEqual([413]);
    expect(received).toMatch(/<\/html>\s*$/);
  });

  it('closes the connection where only a part was read', async () => {
    const { port } = await serve({
      sections: [{ location: '/', contentHandler: async (r) => (await r.read(10)).toString() }],
    });
    expect(statusesIn(await exchange(port, post('x'.repeat(300_000)) + next))).toEqual([200]);
    expect(statusesIn(await exchange(port, post('x'.repeat(3_000)) + next))).toEqual([200, 200]);
  });

  it('is not waited for when it never comes', async () => {
    const { port } = await serve({ sections: [ignoring] });
    const received = await exchange(port, post('x', '/', 100));
    expect(statusesIn(received)).toEqual([200]);
    expect(received).toMatch(/ignored$/);
  });
});

describe('a broken body', () => {
  it('fails the request that reads it, and only that', async () => {
    const { port } = await serve({ sections: [reading] });
    const good = post('good', '/read');
    const bad = 'POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nno chunk\r\n';
    const received = await exchange(port, good + bad);
    expect(statusesIn(received)).toEqual([200, 400]);
  });

  it('fails a handler that comes to it later', async () => {
    const contentHandler = async (r: { read(count: number): Promise<Buffer>; text(): Promise<string> }) => {
      await r.read(2);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return r.text();
    };
    const { port } = await serve({ sections: [{ location: '/', contentHandler }] });
    const bad = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nno chunk\r\n';
    expect(statusesIn(await exchange(port, bad))).toEqual([400]);
  });

  it('gets nothing further where the answer does not need it', async () => {
    const { port } = await serve({ sections: [ignoring] });
    const bad = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n';
    expect(statusesIn(await exchange(port, bad))).toEqual([200]);
  });
});

describe('Expect: 100-continue', () => {
  const expecting = (path: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`;

  it('is met when the handler reads', async () => {
    const { port } = await serve({ sections: [reading] });
    const client = new RawClient(port).send(expecting('/read'));
    expect(statusesIn(await client.until(/\r\n\r\n/))).toEqual([100]);
    client.send('body');
    expect(statusesIn(await client.until(/body/))).toEqual([100, 200]);
    client.close();
  });

  it('is not met by a handler that does not read, whose connection closes', async () => {
    const { port } = await serve({ sections: [ignoring] });
    expect(statusesIn(await exchange(port, expecting('/')))).toEqual([200]);
  });

  it('means nothing in HTTP/1.0', async () => {
    const { port } = await serve({ sections: [reading] });
    expect(statusesIn(await exchange(port, `${expecting('/read').replace('1.1', '1.0')}body`))).toEqual([200]);
  });
});
