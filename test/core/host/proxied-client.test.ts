import { afterEach, describe, expect, it } from '@jest/globals';
import { connect as connectTls } from 'node:tls';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { RawClient, closeSites, exchange, serve, statusesIn } from './raw-client.ts';

afterEach(closeSites);

const files = new Certificates(makeSite({})).selfSigned('a.test');

const get = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
const head = 'PROXY TCP4 203.0.113.7 10.0.0.1 4711 80\r\n';
const site = {
  remoteIPProxyProtocol: 'On' as const,
  sections: [
    {
      location: '/',
      contentHandler: (r: { clientIp: string; connection: { clientIp: string; clientPort: number; peerIp: string } }) =>
        [r.clientIp, r.connection.clientIp, r.connection.clientPort, r.connection.peerIp].join(' '),
    },
  ],
};

describe('RemoteIPProxyProtocol', () => {
  it('gives requests the address that the proxy names', async () => {
    const { port } = await serve(site);
    expect(await exchange(port, head + get)).toMatch(/200 OK.*203\.0\.113\.7 203\.0\.113\.7 4711 127\.0\.0\.1$/s);
  });

  it('takes the header byte by byte, and loses none of what follows it', async () => {
    const { port } = await serve(site);
    const client = new RawClient(port);
    client.socket.setNoDelay(true);
    for (const byte of `${head}${get.replace('close', 'keep-alive')}`) {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.until(/203\.0\.113\.7/)).toContain('200 OK');
    expect(statusesIn(await client.send(get).closed)).toEqual([200, 200]);
  });

  it('is told by access control, and counted by MaxConnectionsPerAddress', async () => {
    const { port } = await serve({
      ...site,
      maxConnectionsPerAddress: 1,
      sections: [{ location: '/', require: 'ip 203.0.113.7', contentHandler: () => 'in' }],
    });
    const keep = new RawClient(port).send(head + get.replace('close', 'keep-alive'));
    await keep.until(/in$/);
    expect(await exchange(port, head + get)).toBe('');
    expect(statusesIn(await exchange(port, head.replace('.7', '.8') + get))).toEqual([403]);
    keep.close();
  });

  it('closes connections without a right header, with one line for each', async () => {
    const { port, log } = await serve(site);
    for (const bytes of [get, `PROXY TCP4 nonsense\r\n${get}`]) expect(await exchange(port, bytes)).toBe('');
    expect(log.lines.map(({ message }) => message)).toEqual([
      "[client 127.0.0.1] PROXY protocol: the connection doesn't begin with its header",
      '[client 127.0.0.1] PROXY protocol: expected two TCP4 addresses and two ports',
    ]);
  });

  it('says nothing about a health check that only connects, or half of a header', async () => {
    const { port, log } = await serve(site);
    for (const bytes of ['', 'PROXY TC']) {
      const client = new RawClient(port).send(bytes);
      await new Promise((resolve) => setTimeout(resolve, 20));
      client.socket.end();
      await client.closed;
    }
    expect(log.lines).toEqual([]);
  });

  it('takes both under Optional, and needs none of those that are excepted', async () => {
    for (const config of [
      { remoteIPProxyProtocol: 'Optional' as const },
      { remoteIPProxyProtocolExceptions: '127.0.0.0/8' },
    ]) {
      const { port } = await serve({ ...site, ...config });
      expect(await exchange(port, get)).toMatch(/127\.0\.0\.1 127\.0\.0\.1 \d+ 127\.0\.0\.1$/);
    }
    const { port } = await serve({ ...site, remoteIPProxyProtocol: 'Optional' });
    expect(await exchange(port, head + get)).toMatch(/203\.0\.113\.7 4711/);
  });

  it('keeps the address of the proxy where that knows no client', async () => {
    const { port } = await serve(site);
    expect(await exchange(port, `PROXY UNKNOWN\r\n${get}`)).toMatch(/127\.0\.0\.1 127\.0\.0\.1 \d+ 127\.0\.0\.1$/);
  });

  it('comes before TLS', async () => {
    const { port } = await serve({ ...site, listen: '127.0.0.1:0 https', ...files.asServer('a.test') });
    const raw = new RawClient(port).send(head);
    raw.socket.removeAllListeners('data');
    const socket = connectTls({ socket: raw.socket, rejectUnauthorized: false });
    socket.write(get);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/203\.0\.113\.7 203\.0\.113\.7 4711 127\.0\.0\.1$/);
  });

  it('gives a client that never finishes the header no more than RequestReadTimeout handshake', async () => {
    const { port } = await serve({ ...site, requestReadTimeout: 'handshake=1' });
    expect(await new RawClient(port).send('PROXY').closed).toBe('');
  });
});
