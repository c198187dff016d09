import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ClientOptions, WebSocket } from 'ws';
import { websocket } from '../../handlers/index.ts';
import { type ConfigObject, OK, type RequestRecord } from '../../index.ts';
import { testApp } from '../../testing/index.ts';
import { ask, closeHttp2Sites, serveHttp2 } from '../core/host/http2-client.ts';
import { type Site, closeSites, exchange, serve, statusesIn } from '../core/host/raw-client.ts';

const clients: WebSocket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await closeSites();
  await closeHttp2Sites();
});

const shouting = websocket((socket, r) => {
  socket.send(`hello ${r.user ?? 'stranger'}`);
  socket.on('message', (text) => socket.send((text as Buffer).toString().toUpperCase()));
});

const chat = { location: '/chat', contentHandler: shouting };

/** A client, with the messages that it has got. */
class Client extends WebSocket {
  readonly messages: string[] = [];
  readonly closed: Promise<number>;

  constructor({ port }: Pick<Site, 'port'>, options: ClientOptions = {}, protocols: string[] = []) {
    super(`ws://127.0.0.1:${port}/chat`, protocols, options);
    clients.push(this);
    this.on('message', (text) => this.messages.push((text as Buffer).toString()));
    this.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.on('close', resolve));
  }

  async until(count: number): Promise<string[]> {
    while (this.messages.length < count) await once(this, 'message');
    return this.messages;
  }

  /** The status of a handshake that is refused. */
  async refused(): Promise<number | undefined> {
    const [, response] = (await once(this, 'unexpected-response')) as [unknown, { readonly statusCode?: number }];
    return response.statusCode;
  }
}

function handshake(...more: string[]): string {
  return ['GET /chat HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket', ...more, '', ''].join('\r\n');
}

const version = 'Sec-WebSocket-Version: 13';
const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

describe('websocket', () => {
  it('hands the socket to its function, messages in both directions', async () => {
    const client = new Client(await serve({ sections: [chat] }));
    await client.until(1);
    client.send('first');
    client.send('second');
    expect(await client.until(3)).toEqual(['hello stranger', 'FIRST', 'SECOND']);
    client.close(1000);
    expect(await client.closed).toBe(1000);
  });

  it('answers the handshake of the RFC as the RFC does, with the headers of the record', async () => {
    const cookie = (r: RequestRecord): typeof OK => (r.headersOut.append('Set-Cookie', 'a=1'), OK);
    const { port } = await serve({ sections: [{ ...chat, fixupHandler: cookie }] });
    const received = await exchange(port, `${handshake(version, key)}\x88\x80\0\0\0\0`);
    expect(received).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
    expect(received).toContain('Set-Cookie: a=1\r\n');
  });

  it('knows the user, and refuses others by the phases before it', async () => {
    const site = await serve({
      sections: [
        {
          ...chat,
          authType: 'Basic',
          authName: 'chat',
          require: 'valid-user',
          authenticateHandler(r: RequestRecord) {
            r.user = r.headersIn.get('X-User');
            return r.user === undefined ? 401 : OK;
          },
        },
      ],
    });
    expect(await new Client(site, { headers: { 'X-User': 'anna' } }).until(1)).toEqual(['hello anna']);
    expect(await new Client(site).refused()).toBe(401);
  });

  it('is logged at its end, with 101', async () => {
    const logged: string[] = [];
    const site = await serve({
      logHandler: (r: RequestRecord) => void logged.push(`${r.theRequest} ${r.status}`),
      sections: [chat],
    });
    const client = new Client(site);
    await client.until(1);
    expect(logged).toEqual([]);
    client.close();
    await client.closed;
    await site.app.stop();
    expect(logged).toEqual(['GET /chat HTTP/1.1 101']);
  });

  it.each<[string, string, number]>([
    ['no upgrade', 'GET /chat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 426],
    ['another method', handshake(version, key).replace('GET', 'PUT'), 405],
    ['another version', handshake('Sec-WebSocket-Version: 8', key), 426],
    ['no version', handshake(key), 426],
    ['no key', handshake(version), 400],
    ['a key that is none', handshake(version, 'Sec-WebSocket-Key: short'), 400],
    ['protocols that are none', handshake(version, key, 'Sec-WebSocket-Protocol: a,,b'), 400],
  ])('refuses a handshake with %s', async (_, raw, status) => {
    const { port } = await serve({ sections: [chat] });
    expect(statusesIn(await exchange(port, raw.replace('Connection: Upgrade', 'Connection: Upgrade, close')))).toEqual([
      status,
    ]);
  });

  it('says which version it speaks', async () => {
    const { port } = await serve({ sections: [chat] });
    expect(await exchange(port, handshake('Sec-WebSocket-Version: 25', key))).toMatch(
      /\r\nSec-WebSocket-Version: 13\r\n/,
    );
  });

  it('refuses in HTTP/2, and on a server that keeps the connection to itself', async () => {
    const { session } = await serveHttp2({ sections: [chat] });
    expect((await ask(session, { ':path': '/chat' })).status).toBe(426);
    const server = createServer(testApp({ sections: [chat] })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(await new Client({ port: (server.address() as AddressInfo).port }).refused()).toBe(426);
    server.close();
  });

  it.each<[string, string, ConfigObject, boolean]>([
    ['its own', 'http://127.0.0.1:PORT', {}, true],
    ['its own, over TLS that ends before', 'https://127.0.0.1:PORT', {}, true],
    ['another port', 'http://127.0.0.1:1', {}, false],
    ['another host', 'http://evil.example', {}, false],
    ['none that can be named', 'null', {}, false],
    ['a named one', 'https://app.example', { webSocketOrigin: 'https://app.example' }, true],
    [
      'one that only begins like a named one',
      'https://app.example.evil',
      { webSocketOrigin: 'https://app.example' },
      false,
    ],
    ['its own besides a named one', 'http://127.0.0.1:PORT', { webSocketOrigin: 'https://app.example' }, true],
    ['any', 'http://evil.example', { webSocketOrigin: '*' }, true],
  ])('minds the origin of the page: %s', async (_, origin, config, allowed) => {
    const site = await serve({ ...config, sections: [chat] });
    const client = new Client(site, { origin: origin.replace('PORT', String(site.port)) });
    if (allowed) expect(await client.until(1)).toEqual(['hello stranger']);
    else expect(await client.refused()).toBe(403);
  });

  it('agrees on the subprotocol that the server likes best, and on none otherwise', async () => {
    const handler = websocket((socket) => socket.send(`<${socket.protocol}>`), { protocols: ['b', 'a'] });
    const site = await serve({ sections: [{ location: '/chat', contentHandler: handler }] });
    expect(await new Client(site, {}, ['a', 'b', 'c']).until(1)).toEqual(['<b>']);
    expect(await new Client(site).until(1)).toEqual(['<>']);
  });

  it('compresses only where the config says so', async () => {
    for (const webSocketCompression of [false, true]) {
      const client = new Client(await serve({ webSocketCompression, sections: [chat] }));
      await client.until(1);
      expect(client.extensions).toBe(webSocketCompression ? 'permessage-deflate' : '');
    }
  });

  it('disconnects a client whose message is too large', async () => {
    const site = await serve({ webSocketMaxMessage: 10, sections: [chat] });
    const client = new Client(site);
    await client.until(1);
    client.send('0123456789');
    await client.until(2);
    client.send('0123456789a');
    expect(await client.closed).toBe(1009);
    expect(site.log.messages('info').join()).toContain('Max payload size exceeded');
  });

  it('disconnects a client that gives no sign of life, and no other', async () => {
    const site = await serve({ webSocketPingInterval: 1, sections: [chat] });
    const dead = new Client(site, { autoPong: false });
    const alive = new Client(site);
    await alive.until(1);
    expect(await dead.closed).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no chat today');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no chat today'))],
  ])('closes with 1011 where its function %s', async (_, accept) => {
    const site = await serve({ sections: [{ location: '/chat', contentHandler: websocket(accept) }] });
    expect(await new Client(site).closed).toBe(1011);
    expect(site.log.messages().join()).toMatch(/content handler .*Error: no chat today/);
  });

  it('says goodbye when the server stops', async () => {
    const site = await serve({ gracefulShutdownTimeout: 5, sections: [chat] });
    const client = new Client(site);
    await client.until(1);
    await site.app.stop();
    expect(await client.closed).toBe(1001);
  });

  it('goes on with the old config behind a reload', async () => {
    const site = await serve({ sections: [chat] });
    const client = new Client(site);
    await client.until(1);
    await site.app.reload();
    await sleep(20);
    client.send('still here');
    expect(await client.until(2)).toEqual(['hello stranger', 'STILL HERE']);
  });
});
