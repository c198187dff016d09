import { afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { createApp } from '../../../index.ts';
import { builtInPlugins } from '../../../built-in-plugins.ts';
import { Generation } from '../../../core/generation.ts';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { closeSites, serve } from '../host/raw-client.ts';
import { ask } from './tls-client.ts';

const files = new Certificates(makeSite({ 'empty.pem': '', 'text.pem': 'hello' }))
  .selfSigned('a.test')
  .selfSigned('b.test');
const { folder } = files;
execFileSync('openssl', ['pkey', '-in', 'a.test.key', '-aes256', '-passout', 'pass:x', '-out', 'secret.key'], {
  cwd: folder,
});
execFileSync('sh', ['-c', 'cat a.test.crt a.test.key > both.pem'], { cwd: folder });
execFileSync('sh', ['-c', 'echo "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" > broken.pem'], {
  cwd: folder,
});
execFileSync(
  'openssl',
  ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a.test', '-keyout', 'rsa.key', '-out', 'rsa.crt'],
  { cwd: folder, stdio: 'ignore' },
);
files.signed('old.test', 'a.test', '/CN=old.test', '', '-1');

afterEach(closeSites);

const config = `${folder}/httpd.conf`;

/** What `sluice check` says of a config. */
async function faultOf(...lines: readonly string[]): Promise<string> {
  writeFileSync(config, lines.join('\n'));
  try {
    await (await Generation.load({ file: config }, { builtIn: builtInPlugins, dry: true })).close();
    return 'none';
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
}

const own = ['SSLEngine on', 'SSLCertificateFile a.test.crt', 'SSLCertificateKeyFile a.test.key'];

describe('a config with TLS is checked without listening', () => {
  it('is right with a certificate and its key, in two files or one, RSA and ECDSA side by side', async () => {
    expect(await faultOf(...own)).toBe('none');
    expect(await faultOf('SSLEngine on', 'SSLCertificateFile both.pem')).toBe('none');
    expect(await faultOf(...own, 'SSLCertificateFile rsa.crt', 'SSLCertificateKeyFile rsa.key')).toBe('none');
    expect(await faultOf('SSLEngine off', 'SSLCertificateFile missing.crt')).toBe('none');
  });

  it.each([
    [['SSLEngine on'], /^httpd\.conf.*: SSLEngine is on, but there is no certificate/],
    [
      ['SSLEngine on', 'SSLCertificateFile missing.crt'],
      /^httpd\.conf:2: can't read missing\.crt: there is no such file/,
    ],
    [['SSLEngine on', 'SSLCertificateFile .'], /^httpd\.conf:2: can't read .*EISDIR/],
    [['SSLEngine on', 'SSLCertificateFile text.pem'], /^httpd\.conf:2: expected certificates in PEM in text\.pem/],
    [['SSLEngine on', 'SSLCertificateFile broken.pem'], /^httpd\.conf:2: broken\.pem has a broken certificate/],
    [
      ['SSLEngine on', 'SSLCertificateFile a.test.crt'],
      /^httpd\.conf:2: expected a private key in PEM in a\.test\.crt.*SSLCertificateKeyFile/,
    ],
    [
      own.with(2, 'SSLCertificateKeyFile b.test.key'),
      /^httpd\.conf:3: the key in b\.test\.key isn't the one of the certificate in a\.test\.crt/,
    ],
    [own.with(2, 'SSLCertificateKeyFile empty.pem'), /^httpd\.conf:3: expected a private key in PEM in empty\.pem/],
    [
      own.with(2, 'SSLCertificateKeyFile secret.key'),
      /^httpd\.conf:3: the key in secret\.key is encrypted.*openssl pkey/,
    ],
    [[...own, 'SSLCertificateKeyFile b.test.key'], /^httpd\.conf:4: there is no SSLCertificateFile for this key/],
    [
      [...own, 'SSLCertificateFile b.test.crt', 'SSLCertificateKeyFile b.test.key'],
      /^httpd\.conf:4: a server can have one certificate of each kind of key, and a\.test\.crt is of the same/,
    ],
    [[...own, 'SSLCertificateChainFile text.pem'], /^httpd\.conf:4: expected certificates in PEM in text\.pem/],
    [[...own, 'SSLVerifyClient require'], /^httpd\.conf.*: SSLVerifyClient require needs to know who may sign/],
    [[...own, 'SSLCACertificateFile text.pem'], /^httpd\.conf:4: expected certificates in PEM/],
    [[...own, 'SSLCARevocationFile text.pem'], /^httpd\.conf:4: expected lists of revoked certificates/],
    [[...own, 'SSLCipherSuite NONSENSE'], /^httpd\.conf:4: the TLS library knows no ciphers "NONSENSE"/],
    [[...own, 'SSLOpenSSLConfCmd Curves NONSENSE'], /^httpd\.conf:4: the TLS library knows no groups "NONSENSE"/],
    [['Listen 8443 https'], /^httpd\.conf:1: port 8443 is for https, but no server there has a certificate/],
    [
      ['<VirtualHost *:1>', ...own, '</VirtualHost>', '<VirtualHost *:1>', 'ServerName b.test', '</VirtualHost>'],
      /^httpd\.conf:6: this VirtualHost has the address of the one at httpd\.conf:1, but only one of them has TLS/,
    ],
    [
      ['<Location /a>', 'SSLVerifyClient require', '</Location>'],
      /^httpd\.conf:2: SSLVerifyClient belongs to a whole server/,
    ],
  ])('says what is wrong with %j', async (lines, message) => {
    expect(await faultOf(...lines)).toMatch(message);
  });

  it('only warns of a certificate that has expired', async () => {
    const lines = [
      'ErrorLog error.log',
      'SSLEngine on',
      'SSLCertificateFile old.test.crt',
      'SSLCertificateKeyFile old.test.key',
    ];
    writeFileSync(config, lines.join('\n'));
    await (await Generation.load({ file: config }, { builtIn: builtInPlugins })).close();
    expect(readFileSync(files.path('error.log'), 'utf8')).toMatch(
      /\[ssl:warn\] .*httpd\.conf:3: the certificate .*old\.test\.crt expired on /,
    );
  });
});

describe('certificates that change', () => {
  const replace = (name: string): void => {
    for (const kind of ['crt', 'key']) {
      copyFileSync(files.path(`${name}.${kind}`), files.path(`live.${kind}`));
      // However quick the test is, the files have another time.
      utimesSync(files.path(`live.${kind}`), 1, name === 'a.test' ? 1 : 2);
    }
  };
  const live = { listen: '127.0.0.1:0 https', ...files.asServer('live') };
  const name = async (port: number): Promise<string | undefined> =>
    (await ask(port, {}, 'GET / HTTP/1.0\r\n\r\n')).name;

  it('are used from the next handshake on, once some seconds have passed', async () => {
    replace('a.test');
    const clock = fakeClock();
    const { port, log } = await serve(live);
    expect(await name(port)).toBe('CN=a.test');
    replace('b.test');
    expect(await name(port)).toBe('CN=a.test');
    clock.pass(5_001);
    expect(await name(port)).toBe('CN=b.test');
    expect(log.lines.map(({ message }) => message).join()).toContain('was read anew');
    clock.end();
  });

  it('stay the old ones while the new files do not fit', async () => {
    replace('a.test');
    const clock = fakeClock();
    const { port, log } = await serve(live);
    await name(port);
    rmSync(files.path('live.key'));
    clock.pass(5_001);
    expect(await name(port)).toBe('CN=a.test');
    copyFileSync(files.path('b.test.crt'), files.path('live.crt'));
    copyFileSync(files.path('a.test.key'), files.path('live.key'));
    clock.pass(5_001);
    expect(await name(port)).toBe('CN=a.test');
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      expect.stringMatching(/isn't used, the old one is: .*can't read .*live\.key: there is no such file/),
      expect.stringMatching(/the changed certificate of .* isn't used, the old one is: .*the key in .* isn't the one/),
    ]);
    replace('b.test');
    clock.pass(5_001);
    expect(await name(port)).toBe('CN=b.test');
    clock.end();
  });

  it('are taken over by a reload, which may switch TLS on and off on the same port', async () => {
    replace('a.test');
    const port = await freePort();
    const handler = `${folder}/handler.mjs`;
    writeFileSync(handler, 'export default () => "hello";');
    const write = (...lines: readonly string[]): void =>
      writeFileSync(
        config,
        [`Listen 127.0.0.1:${port}`, ...lines, '<Location />', `ContentHandler ${handler}`, '</Location>'].join('\n'),
      );
    const on = ['SSLEngine on', 'SSLCertificateFile live.crt', 'SSLCertificateKeyFile live.key'];
    write(...on);
    const app = createApp(config);
    const [url] = await app.start();
    expect(url).toBe(`https://127.0.0.1:${port}/`);
    expect(await name(port)).toBe('CN=a.test');
    replace('b.test');
    await app.reload();
    expect(await name(port)).toBe('CN=b.test');
    write();
    await app.reload();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello');
    write(...on.with(1, 'SSLCertificateFile missing.crt'));
    await expect(app.reload()).rejects.toThrow("can't read");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello');
    await app.stop();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A monotonic clock that can be put forward. */
function fakeClock(): { pass(milliseconds: number): void; end(): void } {
  const now = performance.now.bind(performance);
  let passed = 0;
  performance.now = () => now() + passed;
  return {
    pass: (milliseconds) => (passed += milliseconds),
    end: () => (performance.now = now),
  };
}
