import { afterEach, describe, expect, it } from '@jest/globals';
import { RawClient, closeSites, exchange, serve, statusesIn } from './raw-client.ts';

afterEach(closeSites);

const hello = { location: '/', contentHandler: () => 'hello' };
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const old = 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n';

describe('a connection', () => {
  it('is kept in HTTP/1.1, and in HTTP/1.0 where the client asks for it', async () => {
    const { port } = await serve({ sections: [hello] });
    for (const request of [get, old]) {
      const client = new RawClient(port).send(request);
      await client.until(/hello/);
      client.send(request);
      expect(await client.until(/hello/, 2)).toMatch(/connection: keep-alive/i);
      client.close();
    }
  });

  it('closes behind an HTTP/1.0 answer', async () => {
    const { port } = await serve({ sections: [hello] });
    expect(await exchange(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/connection: close.*hello$/is);
  });

  it.each([
    ['KeepAlive Off', { keepAlive: false }],
    ['KeepAliveTimeout 0', { keepAliveTimeout: 0 }],
    ['MaxKeepAliveRequests 1', { maxKeepAliveRequests: 1 }],
  ])('closes behind every answer with %s', async (_, config) => {
    const { port } = await serve({ ...config, sections: [hello] });
    for (const request of [get, old]) expect(await exchange(port, request)).toMatch(/connection: close/i);
  });

  it('closes behind as many answers as MaxKeepAliveRequests says', async () => {
    const { port } = await serve({ maxKeepAliveRequests: 2, sections: [hello] });
    expect(statusesIn(await exchange(port, get.repeat(3)))).toEqual([200, 200]);
  });

  it('closes where nokeepalive is set', async () => {
    const { port } = await serve({ setEnv: 'nokeepalive', sections: [hello] });
    expect(await exchange(port, get)).toMatch(/connection: close/i);
  });

  it('closes where a handler says so, and where it can do nothing else', async () => {
    const { port } = await serve({
      sections: [
        { location: '/close', contentHandler: (r) => (r.headersOut.set('Connection', 'close'), 'bye') },
        { location: '/keep', contentHandler: (r) => (r.errHeadersOut.set('Connection', 'keep-alive'), 500) },
      ],
    });
    for (const path of ['close', 'keep']) {
      const received = await exchange(port, `GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
      expect(received.match(/^connection: .*$/gim)).toEqual(['Connection: close']);
    }
  });

  it.each([400, 408, 411, 413, 414, 500, 501, 503] as const)('closes behind a %i', async (status) => {
    const { port } = await serve({ sections: [{ location: '/', contentHandler: () => status }] });
    expect(await exchange(port, get)).toMatch(/connection: close/i);
  });

  it('gets a 408 for a head that is late, behind the answers that are due', async () => {
    const { port, log } = await serve({ requestReadTimeout: 'header=1', sections: [hello] });
    expect(statusesIn(await exchange(port, 'GET / HT'))).toEqual([408]);
    expect(statusesIn(await exchange(port, `${get}GET / HT`))).toEqual([200, 408]);
    expect(log.messages('info').join()).toContain('bad request: ');
  });

  it('is closed in silence where nothing was asked', async () => {
    const { port } = await serve({ requestReadTimeout: 'header=1', sections: [hello] });
    expect(await new RawClient(port).closed).toBe('');
  });
});
