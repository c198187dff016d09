import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { websocket } from '../../../handlers/index.ts';
import { upgrade } from '../../../index.ts';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { closeSites, serve } from '../host/raw-client.ts';
import { ask } from './tls-client.ts';

const run = promisify(execFile);
const secure = {
  listen: '127.0.0.1:0 https',
  serverName: 'a.test',
  ...new Certificates(makeSite({})).selfSigned('a.test').asServer('a.test'),
};

afterEach(closeSites);

async function curl(url: string, ...args: string[]): Promise<string> {
  const { port } = new URL(url);
  const own = ['--silent', '--insecure', '--max-time', '5', '--connect-to', `a.test:443:127.0.0.1:${port}`];
  return (await run('curl', [...own, ...args, 'https://a.test/'])).stdout;
}

describe('over TLS', () => {
  const sections = [
    {
      location: '/',
      contentHandler: (r: { protocol: string; url: URL; connection: { secure: boolean } }) =>
        `${r.protocol} ${r.connection.secure} ${r.url.protocol}`,
    },
  ];

  it('HTTP/2 is spoken to those who want it, where Protocols has it', async () => {
    const { url } = await serve({ ...secure, protocols: ['h2', 'http/1.1'], sections });
    expect(await curl(url)).toBe('HTTP/2.0 true https:');
    expect(await curl(url, '--http1.1')).toBe('HTTP/1.1 true https:');
    expect(await curl(url, '--no-alpn')).toBe('HTTP/1.1 true https:');
  });

  it('HTTP/1.1 is spoken where Protocols says nothing', async () => {
    const { url } = await serve({ ...secure, sections });
    expect(await curl(url, '--http2')).toBe('HTTP/1.1 true https:');
  });

  it('a connection can be upgraded', async () => {
    const { port } = await serve({
      ...secure,
      sections: [
        { location: '/', contentHandler: (r) => upgrade(r, 'echo', (connection) => connection.write('hello')) },
      ],
    });
    const asking = 'GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n';
    expect((await ask(port, {}, asking)).text).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\nhello$/s);
  });

  it('WebSocket works, also beside HTTP/2', async () => {
    const { port } = await serve({
      ...secure,
      protocols: ['h2', 'http/1.1'],
      sections: [{ location: '/', contentHandler: websocket((socket, r) => socket.send(String(r.connection.secure))) }],
    });
    const client = new WebSocket(`wss://127.0.0.1:${port}/`, { rejectUnauthorized: false });
    const [message] = (await once(client, 'message')) as [Buffer];
    expect(message.toString()).toBe('true');
    client.terminate();
  });
});
