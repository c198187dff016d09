import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Application } from '../../../core/host/application.ts';
import { createApp } from '../../../index.ts';
import { apacheVersion } from '../../comparison/apache.ts';
import { freePort } from '../../comparison/server-config.ts';
import { Certificates } from '../../make-certificates.ts';
import { makeSite } from '../../make-site.ts';
import { exchange } from '../host/raw-client.ts';
import { ask, get } from './tls-client.ts';

const janes = '/C=DE/ST=Berlin/O=Acme, Inc./OU=Dev/OU=Ops/CN=Zoë Łuk "JD" <z>/emailAddress=jane@acme.test';
const site = makeSite({ 'htdocs/index.html': 'index', 'htdocs/known/index.html': 'known', 'run/.keep': '' });
const files = new Certificates(site)
  .selfSigned('a.test', '/C=DE/O=Test/CN=a.test')
  .selfSigned('b.test')
  .selfSigned('root', '/O=Test CA/CN=Root')
  .signed('jane', 'root', janes, 'subjectAltName=email:jane@acme.test,DNS:jane.test')
  .selfSigned('stranger');

const variables = [
  ...[
    'HTTPS',
    'REQUEST_SCHEME',
    'SSL_PROTOCOL',
    'SSL_CIPHER',
    'SSL_CIPHER_USEKEYSIZE',
    'SSL_TLS_SNI',
    'SSL_CLIENT_VERIFY',
  ],
  ...['M_VERSION', 'M_SERIAL', 'V_START', 'V_END', 'S_DN', 'I_DN', 'A_KEY', 'A_SIG'].map(
    (name) => `SSL_CLIENT_${name}`,
  ),
  ...['S_DN_C', 'S_DN_ST', 'S_DN_O', 'S_DN_OU', 'S_DN_OU_1', 'S_DN_CN', 'S_DN_Email'].map(
    (name) => `SSL_CLIENT_${name}`,
  ),
  ...['SAN_Email_0', 'SAN_DNS_0', 'SAN_DNS_1', 'CERT_RFC4523_CEA'].map((name) => `SSL_CLIENT_${name}`),
  ...['S_DN', 'I_DN_O', 'M_SERIAL', 'SAN_DNS_0', 'SAN_DNS_1', 'A_KEY'].map((name) => `SSL_SERVER_${name}`),
];

const hostLines = (name: string, ...more: readonly string[]): string =>
  ['<VirtualHost *>', `ServerName ${name}`, 'SSLEngine on', ...more, '</VirtualHost>'].join('\n');

/** What both servers are told. */
const config = (port: number, proxyPort: number): string => `
ServerRoot ${site}
Listen 127.0.0.1:${port} https
Listen 127.0.0.1:${proxyPort}
DocumentRoot ${site}/htdocs
<Directory ${site}/htdocs>
  Require all granted
</Directory>
DirectoryIndex index.html
SSLCertificateFile a.test.crt
SSLCertificateKeyFile a.test.key
${variables.map((name) => `Header set X-${name} "expr=%{${name}}"`).join('\n')}
Header set X-Item "%{SSL_PROTOCOL}s %{SSL_SERVER_S_DN_CN}s %{SSL_CLIENT_S_DN_CN}s %{HTTPS}s %{SSL_NOPE}s"
Header set X-Address "expr=%{REMOTE_ADDR} %{CONN_REMOTE_ADDR}"
<Location /known>
  Require ssl-verify-client
</Location>
${hostLines('a.test').replace('*', `*:${port}`)}
${hostLines('b.test', 'ServerAlias *.b.test', 'SSLCertificateFile b.test.crt', 'SSLCertificateKeyFile b.test.key').replace('*>', `*:${port}>`)}
${hostLines('c.test', 'SSLVerifyClient optional', 'SSLCACertificateFile root.crt').replace('*', `*:${port}`)}
${hostLines('d.test', 'SSLVerifyClient require', 'SSLCACertificateFile root.crt').replace('*', `*:${port}`)}
<VirtualHost *:${proxyPort}>
  SSLEngine off
  RemoteIPProxyProtocol On
  <Location /tls>
    SSLRequireSSL
  </Location>
</VirtualHost>
`;

const modules = ['mpm_event', 'authz_core', 'authz_host', 'headers', 'dir', 'ssl', 'remoteip'];
const own = `${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
DefaultRuntimeDir ${site}/run
PidFile ${site}/run/apache.pid
ErrorLog ${site}/run/error.log
ServerName a.test
`;

const describeWithApache = apacheVersion === undefined ? describe.skip : describe;

describeWithApache('TLS beside Apache (skipped where apache2 is not installed)', () => {
  const ports = { apache: [0, 0], sluice: [0, 0] } satisfies Record<string, number[]>;
  let apache: ChildProcess;
  let sluice: Application;

  beforeAll(async () => {
    for (const list of Object.values(ports)) for (const at of list.keys()) list[at] = await freePort();
    writeFileSync(`${site}/apache.conf`, own + config(ports.apache[0]!, ports.apache[1]!));
    writeFileSync(`${site}/httpd.conf`, config(ports.sluice[0]!, ports.sluice[1]!));
    apache = spawn('apache2', ['-X', '-f', `${site}/apache.conf`], { stdio: 'ignore' });
    sluice = createApp(`${site}/httpd.conf`);
    await sluice.start();
    while (!(await answers(ports.apache[0]!))) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  afterAll(async () => {
    apache.kill('SIGKILL');
    await Promise.all([once(apache, 'exit'), sluice.stop()]);
  });

  /** Status and variables, or that there was no answer. */
  const told = async (port: number, options: ConnectionOptions, host: string, path: string): Promise<object> => {
    const { text, name } = await ask(port, options, get(host).replace('/', path)).catch(() => ({ text: '', name: '' }));
    const headers = [...text.matchAll(/^(X-[\w-]+): (.*)\r$/gm)].map(([, key, value]) => `${key}: ${value}`);
    return text === '' ? { closed: true } : { status: text.slice(9, 12), name, headers: headers.toSorted() };
  };

  const client = (name: string): ConnectionOptions => (name === '' ? {} : files.asClient(name));

  it.each([
    ['a.test', 'a.test', '', '/'],
    ['a.test', 'b.test', '', '/'],
    ['a.test', 'c.test', '', '/'],
    ['b.test', 'b.test', '', '/'],
    ['B.TEST', 'b.test', '', '/'],
    ['x.b.test', 'y.b.test', '', '/'],
    ['b.test', 'a.test', '', '/'],
    ['', 'a.test', '', '/'],
    ['', 'b.test', '', '/'],
    ['nobody.test', 'nobody.test', '', '/'],
    ['nobody.test', 'c.test', '', '/'],
    ['c.test', 'c.test', '', '/'],
    ['c.test', 'c.test', 'jane', '/'],
    ['c.test', 'c.test', 'stranger', '/'],
    ['c.test', 'c.test', '', '/known/'],
    ['c.test', 'c.test', 'jane', '/known/'],
    ['c.test', 'd.test', 'jane', '/'],
    ['d.test', 'd.test', '', '/'],
    ['d.test', 'd.test', 'jane', '/'],
    ['d.test', 'c.test', 'jane', '/'],
    ['a.test', 'a.test', 'jane', '/known/'],
  ])('SNI %j, Host %j, certificate %j, %s', async (servername, host, name, path) => {
    const options = { servername, ...client(name) };
    const expected = await told(ports.apache[0]!, options, host, path);
    expect(await told(ports.sluice[0]!, options, host, path)).toEqual(expected);
  });

  it.each(['a.test', 'b.test', 'c.test', ''])('HTTP/1.0 without a Host on a connection for %j', async (servername) => {
    const answer = async (port: number): Promise<string> =>
      (await ask(port, { servername }, 'GET / HTTP/1.0\r\n\r\n')).text.slice(9, 12);
    expect(await answer(ports.sluice[0]!)).toBe(await answer(ports.apache[0]!));
  });

  it.each([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
    ['TLS 1.2 with another cipher', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' }],
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' }],
  ] as const)('%s', async (_, options) => {
    const expected = await told(ports.apache[0]!, { servername: 'a.test', ...options }, 'a.test', '/');
    expect(await told(ports.sluice[0]!, { servername: 'a.test', ...options }, 'a.test', '/')).toEqual(expected);
  });

  it.each([
    'PROXY TCP4 203.0.113.7 10.0.0.1 4711 80\r\n',
    'PROXY TCP6 2001:db8::7 ::1 4711 80\r\n',
    'PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n',
    'PROXY nonsense and more of it\r\n',
    '\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\x0a\x01\x02\x03\x0a\x01\x02\x04\x11\x11\x00\x50',
    '\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x13\x0a\x01\x02\x03\x0a\x01\x02\x04\x11\x11\x00\x50\x02\x00\x04host',
    '\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00',
    '',
  ])('the PROXY protocol: %j', async (head) => {
    const answer = async (port: number): Promise<string> => {
      const text = await exchange(port, head + get('a.test').replace('/', '/tls'));
      return text === '' ? 'closed' : `${text.slice(9, 12)} ${/^X-Address: .*$/m.exec(text)?.[0]}`;
    };
    expect(await answer(ports.sluice[1]!)).toBe(await answer(ports.apache[1]!));
    const open = async (port: number): Promise<string | undefined> =>
      /^X-Address: .*$/m.exec(await exchange(port, head + get('a.test')))?.[0];
    expect(await open(ports.sluice[1]!)).toBe(await open(ports.apache[1]!));
  });
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .on('error', () => resolve(false))
      .on('connect', () => resolve(socket.destroy().destroyed));
  });
}
