import { afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import request from 'supertest';
import type { RequestRecord } from '../../index.ts';
import { testApp } from '../../testing/index.ts';
import { closeSites, serve } from '../core/host/raw-client.ts';
import { ask, get } from '../core/tls/tls-client.ts';
import { Certificates } from '../make-certificates.ts';
import { makeSite } from '../make-site.ts';

const janes = '/C=DE/ST=Berlin/O=Acme, Inc./OU=Dev/OU=Ops/CN=Jane "JD" Doe/emailAddress=jane@acme.test';
const files = new Certificates(makeSite({}))
  .selfSigned('a.test', '/C=DE/O=Test/CN=a.test')
  .selfSigned('root', '/O=Test CA/CN=Root')
  .signed('jane', 'root', janes, 'subjectAltName=email:jane@acme.test,email:jd@acme.test,DNS:jane.test');

afterEach(closeSites);

const secure = {
  listen: '127.0.0.1:0 https',
  serverName: 'a.test',
  ...files.asServer('a.test'),
  sslVerifyClient: 'optional' as const,
  sslcaCertificateFile: files.path('root.crt'),
};
const jane: ConnectionOptions = { ...files.asClient('jane'), servername: 'a.test' };
const environment = (r: RequestRecord): string => JSON.stringify(Object.fromEntries(r.env));

async function bodyOf(config: object, options: ConnectionOptions, text = get('a.test')): Promise<string> {
  const { port } = await serve({ ...secure, ...config });
  return (await ask(port, options, text)).text.split('\r\n\r\n').slice(1).join('\r\n\r\n');
}

const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: files.folder, encoding: 'utf8' }).trim();

describe('SSLOptions', () => {
  it('tells the environment of nothing but HTTPS and the name without any', async () => {
    const sections = [{ location: '/', contentHandler: environment }];
    expect(JSON.parse(await bodyOf({ sections }, jane))).toEqual({ HTTPS: 'on', SSL_TLS_SNI: 'a.test' });
  });

  it('StdEnvVars tells of connection and certificates what OpenSSL says of them', async () => {
    const sections = [{ location: '/', sslOptions: '+StdEnvVars', contentHandler: environment }];
    const found = JSON.parse(await bodyOf({ sections }, jane)) as Record<string, string>;
    const fact = (option: string): string =>
      openssl('x509', '-in', 'jane.crt', '-noout', option, '-nameopt', 'RFC2253').replace(/^\w+ ?= ?/, '');
    expect(found).toMatchObject({
      HTTPS: 'on',
      SSL_TLS_SNI: 'a.test',
      SSL_PROTOCOL: 'TLSv1.3',
      SSL_CIPHER: 'TLS_AES_256_GCM_SHA384',
      SSL_CIPHER_USEKEYSIZE: '256',
      SSL_SESSION_RESUMED: 'Initial',
      SSL_CLIENT_VERIFY: 'SUCCESS',
      SSL_CLIENT_M_VERSION: '3',
      SSL_CLIENT_M_SERIAL: fact('-serial'),
      SSL_CLIENT_V_START: fact('-startdate'),
      SSL_CLIENT_V_END: fact('-enddate'),
      SSL_CLIENT_V_REMAIN: '29',
      SSL_CLIENT_S_DN: fact('-subject'),
      SSL_CLIENT_I_DN: 'CN=Root,O=Test CA',
      SSL_CLIENT_S_DN_O: 'Acme, Inc.',
      SSL_CLIENT_S_DN_OU: 'Dev',
      SSL_CLIENT_S_DN_OU_1: 'Ops',
      SSL_CLIENT_S_DN_CN: 'Jane "JD" Doe',
      SSL_CLIENT_S_DN_Email: 'jane@acme.test',
      SSL_CLIENT_I_DN_CN: 'Root',
      SSL_CLIENT_SAN_Email_0: 'jane@acme.test',
      SSL_CLIENT_SAN_Email_1: 'jd@acme.test',
      SSL_CLIENT_SAN_DNS_0: 'jane.test',
      SSL_CLIENT_A_KEY: 'id-ecPublicKey',
      SSL_CLIENT_A_SIG: 'ecdsa-with-SHA256',
      SSL_SERVER_S_DN: 'CN=a.test,O=Test,C=DE',
      SSL_SERVER_SAN_DNS_1: 'www.a.test',
    });
    expect(found).not.toHaveProperty('SSL_CLIENT_CERT');
  });

  it('ExportCertData tells the certificates', async () => {
    const sections = [{ location: '/', sslOptions: '+ExportCertData', contentHandler: environment }];
    const found = JSON.parse(await bodyOf({ sections }, jane)) as Record<string, string>;
    for (const [name, file] of [
      ['SSL_CLIENT_CERT', 'jane.crt'],
      ['SSL_SERVER_CERT', 'a.test.crt'],
    ] as const) {
      expect(found[name]).toBe(new X509Certificate(readFileSync(files.path(file))).toString());
    }
  });

  it('takes words away from those of the section around', async () => {
    const sections = [
      { location: '/', sslOptions: ['StdEnvVars', 'ExportCertData'], contentHandler: environment },
      { location: '/b', sslOptions: ['-StdEnvVars', '-ExportCertData'] },
    ];
    const found = JSON.parse(await bodyOf({ sections }, jane, get('a.test').replace('/', '/b'))) as object;
    expect(Object.keys(found)).toEqual(['HTTPS', 'SSL_TLS_SNI']);
  });

  it('knows a client without a certificate, and one whose signer nobody knows', async () => {
    const sections = [
      {
        location: '/',
        sslOptions: '+StdEnvVars',
        contentHandler: (r: RequestRecord) => r.env.get('SSL_CLIENT_VERIFY'),
      },
    ];
    expect(await bodyOf({ sections }, { servername: 'a.test' })).toBe('NONE');
    expect(await bodyOf({ sections, sslVerifyClient: 'optional_no_ca' }, files.asClient('a.test'))).toBe('GENEROUS');
  });
});

describe('variables of TLS', () => {
  it('are there for rules, headers and logs', async () => {
    const log = files.path('access.log');
    const { port } = await serve({
      ...secure,
      customLog: [[log, '%{SSL_PROTOCOL}x %{SSL_CLIENT_S_DN_CN}x %{SSL_NOPE}x']],
      header: [
        ['set', 'X-Tls', '%{SSL_CIPHER}s %{SSL_CLIENT_S_DN_Email}s %{SSL_NOPE}s'],
        ['set', 'X-Unit', 'expr=%{SSL:SSL_TLS_SNI} %{SSL_CLIENT_S_DN_OU_1}'],
      ],
      rewriteEngine: true,
      rewriteCond: [['%{SSL:SSL_CLIENT_VERIFY}/%{HTTPS}', '^SUCCESS/on$']],
      rewriteRule: [['^', '-', '[E=known:%{SSL:SSL_CLIENT_SAN_DNS_0}]']],
      sections: [{ location: '/', contentHandler: (r: RequestRecord) => r.env.get('known') ?? 'unknown' }],
    });
    const { text } = await ask(port, jane);
    expect(text).toMatch(/^X-Tls: TLS_AES_256_GCM_SHA384 jane@acme\.test \(null\)$/m);
    expect(text).toMatch(/^X-Unit: a\.test Ops$/m);
    expect(text).toMatch(/jane\.test$/);
    expect(readFileSync(log, 'utf8')).toBe('TLSv1.3 Jane \\"JD\\" Doe -\n');
  });

  it('are empty without TLS', async () => {
    const app = await testApp({
      header: [['set', 'X-Tls', '%{SSL_CIPHER}s %{HTTPS}s']],
      sections: [{ location: '/', contentHandler: () => 'plain' }],
    });
    await request(app).get('/').expect('X-Tls', '(null) (null)');
  });
});

describe('what a section may demand', () => {
  const sections = [
    { location: '/', contentHandler: (r: RequestRecord) => `in: ${r.user ?? 'somebody'}` },
    { location: '/tls', sslRequireSSL: true as const },
    { location: '/by-tls', require: 'ssl' },
    { location: '/known', require: 'ssl-verify-client' },
    { location: '/jane', sslUserName: 'SSL_CLIENT_S_DN_CN', require: 'valid-user' },
  ];
  const status = async (path: string, options: ConnectionOptions): Promise<string> => {
    const { port } = await serve({ ...secure, sections });
    const { text } = await ask(port, { servername: 'a.test', ...options }, get('a.test').replace('/', path));
    return text.slice(9, 12) + (/\r\nin:( .*)$/.exec(text)?.[1] ?? '');
  };

  it.each([
    ['/tls', 'no certificate', '200 somebody'],
    ['/by-tls', 'no certificate', '200 somebody'],
    ['/known', 'no certificate', '403'],
    ['/known', 'one', '200 somebody'],
    ['/jane', 'no certificate', '403'],
    ['/jane', 'one', '200 Jane "JD" Doe'],
  ] as const)('%s of a client with %s: %s', async (path, given, expected) => {
    expect(await status(path, given === 'one' ? jane : {})).toBe(expected);
  });

  it.each(['/tls', '/by-tls', '/known', '/jane'])('%s without TLS is refused', async (path) => {
    await request(await testApp({ sections }))
      .get(path)
      .expect(403);
  });

  it('is not met by a certificate that nobody verified', async () => {
    const { port } = await serve({ ...secure, sslVerifyClient: 'optional_no_ca', sections });
    for (const path of ['/known', '/jane']) {
      const { text } = await ask(port, files.asClient('a.test'), get('a.test').replace('/', path));
      expect(text).toMatch(/^HTTP\/1\.1 403 /);
    }
  });
});
