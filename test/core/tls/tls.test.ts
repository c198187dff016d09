import { afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { createApp } from '../../../index.ts';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { RawClient, closeSites, serve } from '../host/raw-client.ts';
import { ask, get } from './tls-client.ts';

const files = new Certificates(makeSite({}))
  .selfSigned('a.test')
  .selfSigned('b.test')
  .selfSigned('root', '/CN=Root')
  .signed('between', 'root', '/CN=Between', 'basicConstraints=critical,CA:TRUE')
  .signed('jane', 'root', '/O=Acme, Inc./CN=Jane Doe', 'subjectAltName=email:jane@acme.test')
  .signed('deep', 'between', '/CN=Deep')
  .revoked('revoked', 'root', 'jane');
const { folder } = files;

afterEach(closeSites);

const hello = {
  location: '/',
  contentHandler: (r: { server: { hostname: string } }) => `hello from ${r.server.hostname}`,
};
const certificateOf = (name: string) => files.asServer(name);
const secure = { listen: '127.0.0.1:0 https', serverName: 'a.test', ...certificateOf('a.test'), sections: [hello] };

const clientFiles = (name: string): ConnectionOptions => files.asClient(name);

describe('a listener with TLS', () => {
  it('answers by HTTPS, with modern TLS, and says so in its URL', async () => {
    const { url, port } = await serve(secure);
    expect(url).toMatch(/^https:/);
    expect(await ask(port)).toMatchObject({ name: 'CN=a.test', protocol: 'TLSv1.3', alpn: false });
    expect((await ask(port)).text).toMatch(/^HTTP\/1\.1 200 .*hello from a\.test$/s);
  });

  it("obeys the config through Koa's listen, too", async () => {
    const app = createApp(secure);
    const server = app.listen();
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await ask(port)).text).toContain('hello from a.test');
    server.close();
  });

  it('has several requests on a connection, and a body that comes in pieces', async () => {
    const { port } = await serve({ ...secure, sections: [{ location: '/', contentHandler: (r) => r.text() }] });
    const body = 'x'.repeat(200_000);
    const post = `POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const { text } = await ask(port, {}, post + get('a.test'));
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(text).toContain(body);
  });

  it('speaks no TLS below 1.2, and what SSLProtocol leaves', async () => {
    const { port } = await serve({ ...secure, sslProtocol: 'all -TLSv1.3' });
    expect((await ask(port)).protocol).toBe('TLSv1.2');
    await expect(ask(port, { minVersion: 'TLSv1.3' })).rejects.toThrow();
    await expect(ask(port, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' })).rejects.toThrow();
  });

  it('uses the ciphers that SSLCipherSuite names, and TLS 1.3 besides', async () => {
    const { port } = await serve({ ...secure, sslCipherSuite: 'ECDHE-ECDSA-AES128-GCM-SHA256' });
    expect((await ask(port)).protocol).toBe('TLSv1.3');
    await expect(ask(port, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' })).rejects.toThrow();
    expect((await ask(port, { maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2');
  });

  it('agrees on http/1.1 where the client asks', async () => {
    const { port } = await serve(secure);
    expect((await ask(port, { ALPNProtocols: ['http/1.1'] })).alpn).toBe('http/1.1');
  });

  it('tells who speaks plain HTTP to use https', async () => {
    const { port } = await serve(secure);
    const client = new RawClient(port).send(get('a.test'));
    expect(await client.until(/<\/html>/)).toMatch(
      /^HTTP\/1\.1 400 .*Connection: close.*plain HTTP to a port for HTTPS/s,
    );
    client.close();
  });

  it('takes a ClientHello byte by byte', async () => {
    const { port } = await serve(secure);
    const raw = connect(port, '127.0.0.1');
    const socket = connectTls({ socket: slowly(raw), rejectUnauthorized: false, servername: 'a.test' });
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    socket.destroy();
  });

  it('closes a connection whose handshake takes longer than RequestReadTimeout handshake, and leaks nothing', async () => {
    const { port } = await serve({ ...secure, requestReadTimeout: 'handshake=1' });
    const silent = new RawClient(port);
    const half = new RawClient(port).send('\x16\x03\x01\x02');
    expect(await Promise.all([silent.closed, half.closed])).toEqual(['', '']);
    expect((await ask(port)).text).toContain('hello');
  });

  it('survives garbage in the place of a handshake', async () => {
    const { port } = await serve(secure);
    await new RawClient(port).send(`\x16\x03\x01\x00\x05${'\xff'.repeat(60)}`).closed;
    await new RawClient(port).send(`\x16\x03\x01\xff\xff\x01\x00\xff\xff${'\x00'.repeat(66_000)}`).closed;
    expect((await ask(port)).text).toContain('hello');
  });

  it('stops gracefully: idle connections and half a handshake at once, a request that runs when it is done', async () => {
    let started = (): void => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const slow = {
      location: '/slow',
      contentHandler: async () => {
        started();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return 'done';
      },
    };
    const { app, port } = await serve({ ...secure, gracefulShutdownTimeout: 20, sections: [hello, slow] });
    const half = new RawClient(port).send('\x16\x03');
    const idle = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    idle.write(get('a.test').replace('close', 'keep-alive'));
    await once(idle, 'data');
    const idleEnd = once(idle.resume(), 'close');
    const busy = ask(port, {}, get('a.test').replace('/', '/slow'));
    await running;
    await app.stop();
    expect((await busy).text).toMatch(/done$/);
    expect(await half.closed).toBe('');
    await idleEnd;
  });
});

describe('virtual hosts with TLS', () => {
  const hosts = {
    listen: '127.0.0.1:0 https',
    sections: [
      hello,
      { virtualHost: '*', serverName: 'a.test', ...certificateOf('a.test') },
      { virtualHost: '*', serverName: 'b.test', serverAlias: '*.b.test', ...certificateOf('b.test') },
      {
        virtualHost: '*',
        serverName: 'c.test',
        ...certificateOf('a.test'),
        sslVerifyClient: 'require' as const,
        sslcaCertificateFile: files.path('root.crt'),
      },
    ],
  };

  it.each([
    ['b.test', 'CN=b.test'],
    ['B.TEST', 'CN=b.test'],
    ['x.b.test', 'CN=b.test'],
    ['nobody.test', 'CN=a.test'],
    ['', 'CN=a.test'],
  ])('have their certificates for the names that clients ask for: %j', async (servername, name) => {
    const { port } = await serve(hosts);
    expect(await ask(port, { servername }, get(servername.toLowerCase() || 'a.test'))).toMatchObject({ name });
  });

  it('may demand different things of clients: only who asks for that host needs a certificate', async () => {
    const { port, log } = await serve(hosts);
    expect((await ask(port, { servername: 'b.test' }, get('b.test'))).text).toContain('hello from b.test');
    const refused = await ask(port, { servername: 'c.test' }, get('c.test')).catch(() => ({ text: '' }));
    expect(refused.text).toBe('');
    expect(log.lines.map(({ message }) => message)).toContain('[client 127.0.0.1] the client has no certificate');
    const let_in = await ask(port, { servername: 'c.test', ...clientFiles('jane') }, get('c.test'));
    expect(let_in.text).toContain('hello from c.test');
  });

  it('answer 421 to a request for a host whose TLS is another one', async () => {
    const { port } = await serve(hosts);
    for (const [servername, host] of [
      ['b.test', 'c.test'],
      ['', 'c.test'],
      ['a.test', 'b.test'],
    ] as const) {
      expect((await ask(port, { servername }, get(host))).text).toMatch(/^HTTP\/1\.1 421 /);
    }
    expect((await ask(port, { servername: 'b.test' }, get('x.b.test'))).text).toContain('200 OK');
  });

  it.each([
    ['insecure', 'b.test', '200'],
    ['authonly', 'b.test', '200'],
    ['authonly', 'c.test', '421'],
    ['strict', 'b.test', '421'],
  ] as const)(
    'are as alike as SSLVHostSNIPolicy %s wants: a connection for a.test is for %s too: %s',
    async (policy, host, status) => {
      const { port } = await serve({ ...hosts, sslvHostSNIPolicy: policy });
      expect((await ask(port, { servername: 'a.test' }, get(host))).text).toContain(`HTTP/1.1 ${status} `);
    },
  );

  it('refuse clients without SNI under SSLStrictSNIVHostCheck', async () => {
    const { port } = await serve({ ...hosts, sslStrictSNIVHostCheck: true });
    expect((await ask(port, { servername: '' })).text).toContain('HTTP/1.1 403 ');
    expect((await ask(port, { servername: 'a.test' })).text).toContain('HTTP/1.1 200 ');
  });
});

describe("a client's certificate", () => {
  const asking = { ...secure, sslcaCertificateFile: files.path('root.crt') };
  const isServed = async (config: object, name?: string): Promise<boolean> => {
    const { port } = await serve({ ...asking, ...config });
    const answer = await ask(port, name === undefined ? {} : clientFiles(name)).catch(() => ({ text: '' }));
    return answer.text.includes('hello');
  };

  it.each([
    ['require', 'jane', true],
    ['require', 'b.test', false],
    ['require', undefined, false],
    ['optional', undefined, true],
    ['optional', 'b.test', false],
    ['optional_no_ca', 'b.test', true],
    ['none', 'b.test', true],
  ] as const)('is judged under SSLVerifyClient %s: %s', async (sslVerifyClient, name, served) => {
    expect(await isServed({ sslVerifyClient }, name)).toBe(served);
  });

  it('may have no more certificates above it than SSLVerifyDepth says', async () => {
    execFileSync('sh', ['-c', 'cat deep.crt between.crt > chain.crt; cp deep.key chain.key'], { cwd: folder });
    expect(await isServed({ sslVerifyClient: 'require' }, 'chain')).toBe(false);
    expect(await isServed({ sslVerifyClient: 'require', sslVerifyDepth: 2 }, 'chain')).toBe(true);
  });

  it('is refused where SSLCARevocationFile calls it back', async () => {
    const revocation = { sslcaRevocationFile: files.path('revoked.crl') };
    expect(await isServed({ sslVerifyClient: 'require', ...revocation }, 'jane')).toBe(false);
    expect(await isServed({ sslVerifyClient: 'require', ...revocation, sslcaRevocationCheck: 'none' }, 'jane')).toBe(
      true,
    );
  });
});

/** Sends what is written one byte at a time. */
function slowly(raw: ReturnType<typeof connect>): ReturnType<typeof connect> {
  const write = (chunk: Buffer): boolean => raw.write(chunk);
  raw.setNoDelay(true);
  return new Proxy(raw, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === '_handle') return undefined;
      if (key !== 'write') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return (chunk: Buffer, ...rest: unknown[]) => {
        for (const byte of chunk) write(Buffer.from([byte]));
        const done = rest.at(-1);
        if (typeof done === 'function') (done as () => void)();
        return true;
      };
    },
  });
}
