import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type ConnectionFilter, type ConnectionHandler, OK } from '../../../index.ts';
import { websocket } from '../../../handlers/index.ts';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { RawClient, closeSites, exchange, serve, statusesIn } from '../host/raw-client.ts';

const hasOpenssl = spawnSync('which', ['openssl']).status === 0;

afterEach(closeSites);

/** Says who is there, then sends back what comes. */
const greet: ConnectionHandler = async (connection) => {
  const { clientIp, secure, server } = connection;
  await connection.write(`${clientIp} ${secure} ${server.hostname}\n`);
  for await (const piece of connection) await connection.write(piece);
  return OK;
};

const seen: string[] = [];
/** Leaves all bytes as they are, one half at a time, some turns later. */
const slow: ConnectionFilter = {
  type: 'connection',
  async data(chunk, f) {
    seen.push(f.name);
    const half = Math.ceil(chunk.length / 2);
    await new Promise((resolve) => setImmediate(resolve));
    await f.passOn(chunk.subarray(0, half));
    await f.passOn(chunk.subarray(half));
  },
};
const slowly = {
  inputFilter: ['SLOW', slow] as const,
  outputFilter: ['SLOW', slow] as const,
  setConnectionInputFilter: 'SLOW',
  setConnectionOutputFilter: 'SLOW',
};

describe('HTTP behind connection filters', () => {
  const sections = [
    { location: '/hello', contentHandler: () => 'hello' },
    { location: '/long', contentHandler: () => 'x'.repeat(3_000_000) },
  ];
  const get = (path: string, connection = 'keep-alive'): string =>
    `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\n\r\n`;

  it('answers pipelined requests, long bodies, and bytes that are no request', async () => {
    const { port } = await serve({ ...slowly, sections });
    const received = await exchange(port, get('/hello') + get('/long') + get('/hello', 'close'));
    const bodies = received.split(/HTTP\/1\.1 200 OK\r\n.*?\r\n\r\n/s);
    expect(bodies.map((body) => body.slice(0, 5) + body.length)).toEqual(['0', 'hello5', 'xxxxx3000000', 'hello5']);
    expect(statusesIn(await exchange(port, `${get('/hello')}nonsense\r\n\r\n`))).toEqual([200, 400]);
  });

  it('closes idle connections after KeepAliveTimeout, and all of them when the server stops', async () => {
    const { app, port } = await serve({ ...slowly, sections, keepAliveTimeout: 1, gracefulShutdownTimeout: 5 });
    expect(await exchange(port, get('/hello'))).toMatch(/hello$/);
    const client = new RawClient(port).send(get('/hello'));
    await client.until(/hello/);
    await app.stop();
    expect(await client.closed).toMatch(/hello$/);
  });

  it('lets a handler be at work for longer than Timeout', async () => {
    const slowSections = [
      { location: '/', contentHandler: () => new Promise<string>((done) => setTimeout(done, 1_500, 'late')) },
    ];
    const { port } = await serve({ ...slowly, timeout: 1, sections: slowSections });
    expect(await exchange(port, get('/', 'close'))).toMatch(/late$/);
  });

  it('becomes WebSocket where a handler wants it', async () => {
    const shout = websocket((socket) => {
      socket.on('message', (text: Buffer) => socket.send(text.toString().toUpperCase()));
    });
    const { url } = await serve({ ...slowly, sections: [{ location: '/', contentHandler: shout }] });
    const socket = new WebSocket(url.replace('http', 'ws'));
    await once(socket, 'open');
    socket.send('hello');
    expect(String(((await once(socket, 'message')) as [Buffer])[0])).toBe('HELLO');
    socket.close();
    await once(socket, 'close');
  });
});

(hasOpenssl ? describe : describe.skip)('Connections over TLS (skipped where openssl is missing)', () => {
  const files = hasOpenssl ? new Certificates(makeSite({})).selfSigned('a.test').selfSigned('b.test') : undefined;
  const certificate = (name: string) => ({
    serverName: name,
    sslCertificateFile: files!.path(`${name}.crt`),
    sslCertificateKeyFile: files!.path(`${name}.key`),
  });
  const secure = { listen: '127.0.0.1:0 https', ...certificate('a.test') };
  const options = { host: '127.0.0.1', rejectUnauthorized: false };

  async function talk(port: number, text: string, servername?: string): Promise<string> {
    const socket = connectTls({ ...options, port, ...(servername === undefined ? {} : { servername }) });
    socket.end(text);
    return (await buffer(socket)).toString();
  }

  it('have their handler above TLS, in the virtual host of the name asked for', async () => {
    const { port } = await serve({
      ...secure,
      connectionHandler: greet,
      sections: [
        { virtualHost: '*', ...certificate('a.test') },
        { virtualHost: '*', ...certificate('b.test') },
      ],
    });
    expect(await talk(port, 'hello')).toBe('127.0.0.1 true a.test\nhello');
    expect(await talk(port, 'hello', 'b.test')).toBe('127.0.0.1 true b.test\nhello');
  });

  it('have their filters above TLS, for HTTP/1.1 and HTTP/2 alike', async () => {
    const { port } = await serve({
      ...secure,
      ...slowly,
      protocols: ['h2', 'http/1.1'],
      sections: [{ location: '/', contentHandler: (r) => `${r.protocol} ${r.connection.secure}` }],
    });
    seen.length = 0;
    const answer = await talk(port, 'GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/HTTP\/1\.1 true$/);
    expect(seen).not.toEqual([]);
    seen.length = 0;
    const session = connectHttp2(`https://127.0.0.1:${port}`, options);
    expect((await buffer(session.request({ ':path': '/' }))).toString()).toBe('HTTP/2.0 true');
    session.close();
    expect(seen).not.toEqual([]);
  });
});

describe('Connections behind a proxy', () => {
  it('have the client that the PROXY protocol names', async () => {
    const { port } = await serve({ remoteIPProxyProtocol: true, connectionHandler: greet, serverName: 'a.test' });
    const client = new RawClient(port).send('PROXY TCP4 192.0.2.7 127.0.0.1 4000 80\r\nhello');
    expect(await client.until(/hello/)).toBe('192.0.2.7 false a.test\nhello');
    client.close();
  });
});
