import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { connect } from 'node:tls';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { RawClient, closeSites, serve } from './raw-client.ts';

afterEach(closeSites);

const files = new Certificates(makeSite({})).selfSigned('a.test');

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const hello = { location: '/', contentHandler: () => 'hello' };
const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

async function answers(port: number): Promise<RawClient> {
  const client = new RawClient(port).send(get);
  await client.until(/hello/);
  return client;
}

describe.each(['maxConnections', 'maxConnectionsPerAddress'])('%s', (key) => {
  it('closes a connection that is too many at once, and leaves the others alone', async () => {
    const { port } = await serve({ [key]: 2, sections: [hello] });
    const first = await answers(port);
    const second = await answers(port);
    expect(await new RawClient(port).send(get).closed).toBe('');
    for (const client of [first, second]) await client.send(get).until(/hello/, 2);
  });

  it('has room again when a connection has closed', async () => {
    const { port } = await serve({ [key]: 1, sections: [hello] });
    const first = await answers(port);
    expect(await new RawClient(port).closed).toBe('');
    first.close();
    await first.closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await answers(port);
  });

  it('writes one line for many refused connections, and leaks no descriptor', async () => {
    const { port, log } = await serve({ [key]: 1, sections: [hello] });
    const only = await answers(port);
    const before = openDescriptors();
    await Promise.all(Array.from({ length: 40 }, () => new RawClient(port).send(get).closed));
    expect(openDescriptors()).toBe(before);
    expect(log.lines.map(({ message }) => message)).toEqual([
      `[client 127.0.0.1] connection closed: ${key.replace('max', 'Max')} is reached`,
    ]);
    await only.send(get).until(/hello/, 2);
  });
});

describe('LimitConnectionBytes', () => {
  it('cuts a connection that has carried more', async () => {
    const { port, log } = await serve({
      limitConnectionBytes: 10_000,
      keepAliveTimeout: 100,
      sections: [{ location: '/', contentHandler: () => 'x'.repeat(6_000) }],
    });
    const small = new RawClient(port).send(get);
    const large = new RawClient(port).send(get.repeat(2));
    await large.closed;
    expect(small.socket.closed).toBe(false);
    expect(small.received).toMatch(/x{6000}$/);
    expect(log.lines.map(({ message }) => message)).toEqual([
      '[client 127.0.0.1] connection closed: LimitConnectionBytes is reached',
    ]);
  });
});

describe('LimitConnectionBytes with TLS', () => {
  it('counts both directions too', async () => {
    const { port } = await serve({
      listen: '127.0.0.1:0 https',
      ...files.asServer('a.test'),
      limitConnectionBytes: 10_000,
      keepAliveTimeout: 100,
      sections: [{ location: '/', contentHandler: async (r) => 'x'.repeat(6_000 - (await r.text()).length) }],
    });
    const body = 'y'.repeat(5_900);
    const large = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    for (const requests of [get.repeat(2), large.repeat(2)]) {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }).on('error', () => undefined);
      socket.resume().write(requests);
      await new Promise((resolve) => socket.once('close', resolve));
    }
  });
});

describe('a server whose connections are limited', () => {
  it('stops at once when its connections are idle', async () => {
    const { app, port } = await serve({ maxConnections: 5, gracefulShutdownTimeout: 60, sections: [hello] });
    const idle = await answers(port);
    await app.stop();
    await idle.closed;
  });
});
