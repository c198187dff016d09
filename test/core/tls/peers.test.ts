import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type Socket, connect, createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { closeSites, serve } from '../host/raw-client.ts';
import { ask } from './tls-client.ts';

const run = promisify(execFile);
const files = new Certificates(makeSite({}))
  .selfSigned('root', '/CN=Root')
  .signed('between', 'root', '/CN=Between', 'basicConstraints=critical,CA:TRUE')
  .signed('a.test', 'between', '/CN=a.test', 'subjectAltName=DNS:a.test')
  .signed('jane', 'root', '/CN=Jane');

afterEach(closeSites);

const secure = {
  listen: '127.0.0.1:0 https',
  serverName: 'a.test',
  ...files.asServer('a.test'),
  sslCertificateChainFile: files.path('between.crt'),
  sections: [
    {
      location: '/',
      contentHandler: (r: { connection: { secure: boolean }; env: { get(name: string): string | undefined } }) =>
        `${r.connection.secure} ${r.env.get('SSL_SESSION_RESUMED') ?? ''}`,
      sslOptions: '+StdEnvVars',
    },
  ],
};

const curl = async (port: number, ...args: readonly string[]): Promise<string> => {
  const { stdout } = await run('curl', [
    ...['-s', '--cacert', files.path('root.crt'), '--resolve', `a.test:${port}:127.0.0.1`, ...args],
    `https://a.test:${port}/`,
  ]);
  return stdout;
};

/** Skipped where curl is not installed. */
const itWithCurl = spawnSync('curl', ['--version']).status === 0 ? it : it.skip;

describe('peers of a listener with TLS', () => {
  itWithCurl('curl trusts the chain that SSLCertificateChainFile completes', async () => {
    const { port } = await serve(secure);
    expect(await curl(port)).toBe('true Initial');
  });

  itWithCurl('curl shows its certificate', async () => {
    const { port } = await serve({
      ...secure,
      sslVerifyClient: 'require',
      sslcaCertificateFile: files.path('root.crt'),
    });
    expect(await curl(port, '--cert', files.path('jane.crt'), '--key', files.path('jane.key'))).toBe('true Initial');
    await expect(curl(port)).rejects.toThrow();
  });

  it('openssl s_client is told who may sign its certificate, by the host that it names only', async () => {
    const { port } = await serve({
      ...secure,
      sections: [
        { virtualHost: '*', serverName: 'a.test' },
        {
          virtualHost: '*',
          serverName: 'b.test',
          sslVerifyClient: 'optional',
          sslcaCertificateFile: files.path('root.crt'),
        },
      ],
    });
    const names = async (name: string): Promise<string | undefined> => {
      const client = run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', name]);
      client.child.stdin!.end();
      const { stdout } = await client.catch((error: { stdout: string }) => error);
      return /Acceptable client certificate CA names\n(.*)/.exec(stdout)?.[1];
    };
    expect(await names('b.test')).toBe('CN = Root');
    expect(await names('a.test')).toBeUndefined();
  });

  it.each([
    [true, 'TLSv1.3', 'Resumed'],
    [true, 'TLSv1.2', 'Resumed'],
    [false, 'TLSv1.3', 'Initial'],
    [false, 'TLSv1.2', 'Initial'],
  ] as const)(
    'take up a session again with SSLSessionTickets %s in %s: %s',
    async (sslSessionTickets, version, expected) => {
      const { port } = await serve({ ...secure, sslSessionTickets });
      const options = { minVersion: version, maxVersion: version };
      const first = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
      let session: Buffer | undefined;
      first.on('session', (given: Buffer) => (session = given));
      first.write('GET / HTTP/1.0\r\nHost: a.test\r\n\r\n');
      first.resume();
      await once(first, 'close');
      const again = await ask(port, { ...options, ...(session === undefined ? {} : { session }) });
      expect(again.text).toMatch(new RegExp(`true ${expected}$`));
    },
  );

  it('leave no descriptor behind, however they leave during the handshake', async () => {
    const { port, log } = await serve(secure);
    await ask(port);
    const before = readdirSync('/proc/self/fd').length;
    const hello = await firstBytes();
    for (const length of [0, 1, 5, 40, hello.length]) {
      for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
        const client = connect(port, '127.0.0.1').on('error', () => undefined);
        await once(client, 'connect');
        client.write(hello.subarray(0, length));
        await new Promise((resolve) => setTimeout(resolve, 5));
        client.resume()[leave]();
        await once(client, 'close');
      }
    }
    while (readdirSync('/proc/self/fd').length > before) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await ask(port)).text).toContain('true');
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});

/** What a TLS client sends first. */
async function firstBytes(): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = connectTls({ port, host: '127.0.0.1' }).on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  server.close();
  return bytes;
}
