import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ConnectionRecord,
  type ContentHandler,
  type RequestRecord,
  OK,
  takeOver,
  upgrade,
  wantsUpgrade,
} from '../../index.ts';
import { ask, closeHttp2Sites, serveHttp2 } from './host/http2-client.ts';
import { RawClient, closeSites, exchange, serve, statusesIn } from './host/raw-client.ts';

afterEach(async () => {
  await closeSites();
  await closeHttp2Sites();
});

const asking = 'GET /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tea/1, Echo\r\n\r\n';

async function echo(connection: ConnectionRecord): Promise<void> {
  for await (const line of connection.lines()) await connection.write(line);
}

const echoing: ContentHandler = (r) => upgrade(r, 'echo', echo);

describe('an upgrade', () => {
  it('gives the handler the connection, with the bytes behind the head', async () => {
    const { port } = await serve({ sections: [{ location: '/echo', contentHandler: echoing }] });
    const client = new RawClient(port).send(`${asking}first\n`);
    await client.until(/first\n/);
    client.send('second\n');
    await client.until(/second\n/);
    client.socket.end();
    expect(await client.closed).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nfirst\nsecond\n',
    );
  });

  it('comes behind all phases, and is logged and cleaned up at its end', async () => {
    const seen: string[] = [];
    const { port, app } = await serve({
      logHandler: (r: RequestRecord) => void seen.push(`${r.theRequest} ${r.status} ${r.user}`),
      cleanupHandler: () => void seen.push('cleanup'),
      sections: [
        {
          location: '/echo',
          authType: 'Basic',
          authenticateHandler: (r) => ((r.user = 'anna'), OK),
          require: 'valid-user',
          contentHandler: (r) => upgrade(r, 'echo', (connection) => connection.write(`hello ${r.user}\n`)),
        },
        { location: '/echo/denied', require: 'all denied' },
      ],
    });
    expect(await exchange(port, asking)).toMatch(/\r\n\r\nhello anna\n$/);
    expect(statusesIn(await exchange(port, asking.replace('/echo', '/echo/denied')))).toEqual([403]);
    await app.stop();
    expect(seen).toEqual([
      'GET /echo HTTP/1.1 101 anna',
      'cleanup',
      'GET /echo/denied HTTP/1.1 403 undefined',
      'cleanup',
    ]);
  });

  it('sends the headers of the record with the 101', async () => {
    const { port } = await serve({
      sections: [
        {
          location: '/echo',
          contentHandler: (r) => {
            r.headersOut.append('Set-Cookie', 'a=1');
            return upgrade(r, 'echo', () => undefined);
          },
        },
      ],
    });
    expect(await exchange(port, asking)).toMatch(/^HTTP\/1\.1 101 .*\r\nSet-Cookie: a=1\r\n\r\n$/s);
  });

  it('is a 500 with headers that HTTP does not allow', async () => {
    const { port } = await serve({
      sections: [
        {
          location: '/echo',
          contentHandler: (r) => {
            r.headersOut.set('X-A', 'a\r\nX-B: b');
            return echoing(r);
          },
        },
      ],
    });
    expect(statusesIn(await exchange(port, asking))).toEqual([500]);
  });

  it('is a 426 to those who do not ask for it', async () => {
    const { port } = await serve({ sections: [{ location: '/echo', contentHandler: echoing }] });
    for (const request of ['', 'Connection: Upgrade\r\nUpgrade: tea\r\n']) {
      const received = await exchange(port, `GET /echo HTTP/1.1\r\nHost: a\r\n${request}\r\n`);
      expect(received).toMatch(/^HTTP\/1\.1 426 .*\r\nUpgrade: echo\r\n/s);
    }
    const { session } = await serveHttp2({ sections: [{ location: '/echo', contentHandler: echoing }] });
    expect((await ask(session, { ':path': '/echo' })).status).toBe(426);
  });

  it('can be left to the client', async () => {
    const { port } = await serve({
      sections: [{ location: '/echo', contentHandler: (r) => (wantsUpgrade(r, 'ECHO') ? echoing(r) : 'a page') }],
    });
    expect(await exchange(port, 'GET /echo HTTP/1.0\r\n\r\n')).toMatch(/a page$/);
    expect(statusesIn(await exchange(port, asking.replace('HTTP/1.1', 'HTTP/1.0')))).toEqual([200]);
    const client = new RawClient(port).send(asking);
    await client.until(/101/);
    client.close();
  });

  it('that nobody offers is an ordinary request, behind whose answer the connection ends', async () => {
    const { port } = await serve({ sections: [{ location: '/', contentHandler: async (r) => `<${await r.text()}>` }] });
    expect(await exchange(port, asking)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n.*<>$/s);
  });

  it.each([
    ['to HTTP/2', 'Upgrade: h2c\r\nContent-Length: 4\r\n\r\nbody'],
    ['with a body', 'Upgrade: echo\r\nContent-Length: 4\r\n\r\nbody'],
    ['with a body in chunks', 'Upgrade: echo\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'],
  ])('%s is an ordinary request, and the connection is kept', async (_, rest) => {
    const { port } = await serve({
      sections: [{ location: '/', contentHandler: async (r) => `<${await r.text()} ${r.connection.requests}>` }],
    });
    const client = new RawClient(port);
    for (const count of [1, 2]) {
      client.send(`POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n${rest}`);
      await client.until(new RegExp(`<body ${count}>`));
    }
    client.close();
  });

  it('waits for the answers that are due before', async () => {
    const { port } = await serve({
      sections: [
        { location: '/slow', contentHandler: async () => (await sleep(50), 'slow') },
        { location: '/echo', contentHandler: echoing },
      ],
    });
    const client = new RawClient(port).send(`GET /slow HTTP/1.1\r\nHost: a\r\n\r\n${asking}hello\n`);
    expect(statusesIn(await client.until(/hello\n/))).toEqual([200, 101]);
    client.close();
  });

  it('outlives HandlerTimeout and KeepAliveTimeout', async () => {
    const { port } = await serve({
      handlerTimeout: 1,
      keepAliveTimeout: 1,
      sections: [{ location: '/echo', contentHandler: echoing }],
    });
    const client = new RawClient(port).send(asking);
    await sleep(1_600);
    client.send('still there\n');
    await client.until(/still there\n/);
    client.close();
  });

  it('ends when Timeout has passed without a byte', async () => {
    const { port, log } = await serve({ timeout: 1, sections: [{ location: '/echo', contentHandler: echoing }] });
    await new RawClient(port).send(asking).closed;
    expect(log.messages('info').join()).toContain('nothing has moved for 1 seconds');
  });

  it('whose handler fails is cut, and logged', async () => {
    const { port, log } = await serve({
      sections: [
        {
          location: '/echo',
          contentHandler: function broken(r) {
            return upgrade(r, 'echo', () => Promise.reject(new Error('no tea')));
          },
        },
      ],
    });
    expect(statusesIn(await exchange(port, asking))).toEqual([101]);
    expect(log.messages().join()).toMatch(/content handler broken: Error: no tea/);
  });

  it('makes writers wait for a client that does not read', async () => {
    let written = 0;
    const { port } = await serve({
      sections: [
        {
          location: '/echo',
          contentHandler: (r) =>
            upgrade(r, 'echo', async (connection) => {
              for (; written < 2_000; written++) await connection.write(Buffer.alloc(65_536));
            }),
        },
      ],
    });
    const client = new RawClient(port);
    client.socket.pause();
    client.send(asking);
    await sleep(300);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(1_000);
    client.close();
  });
});

describe('a server that stops', () => {
  it('gives the handlers of upgraded connections the end of their input', async () => {
    const { port, app } = await serve({
      gracefulShutdownTimeout: 5,
      sections: [
        {
          location: '/echo',
          contentHandler: (r) =>
            upgrade(r, 'echo', async (connection) => {
              await echo(connection);
              await connection.write('bye\n');
            }),
        },
      ],
    });
    const client = new RawClient(port).send(`${asking}hello\n`);
    await client.until(/hello\n/);
    await app.stop();
    expect(await client.closed).toMatch(/hello\nbye\n$/);
  });

  it('cuts upgraded connections that do not end', async () => {
    const { port, app } = await serve({
      sections: [
        {
          location: '/echo',
          contentHandler: (r) => {
            takeOver(r, 'echo', () => undefined).socket.write('mine\n');
            return OK;
          },
        },
      ],
    });
    const client = new RawClient(port).send(asking);
    await client.until(/mine\n/);
    await app.stop();
    expect(await client.closed).toBe('mine\n');
  });
});
