import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ConnectionRecord } from '../../core/connection-record.ts';
import { stateKey } from '../../core/state-key.ts';
import { version } from '../../core/version.ts';
import { fieldNames, readCertificate } from './certificate-variables.ts';

/** The variables of a connection that speaks TLS, but for those of certificates. */
const variables: ReadonlyMap<string, (socket: TLSSocket) => string | undefined> = new Map<
  string,
  (socket: TLSSocket) => string | undefined
>([
  ['SSL_VERSION_INTERFACE', () => `Sluice/${version}`],
  ['SSL_VERSION_LIBRARY', () => `OpenSSL/${process.versions.openssl}`],
  ['SSL_PROTOCOL', (socket) => socket.getProtocol() ?? undefined],
  // Node's library knows neither the old renegotiation, nor compression, nor ciphers for export.
  ['SSL_SECURE_RENEG', () => 'true'],
  ['SSL_COMPRESS_METHOD', () => 'NULL'],
  ['SSL_CIPHER', (socket) => socket.getCipher().name],
  ['SSL_CIPHER_EXPORT', () => 'false'],
  ['SSL_CIPHER_USEKEYSIZE', cipherBits],
  ['SSL_CIPHER_ALGKEYSIZE', cipherBits],
  ['SSL_CLIENT_VERIFY', (socket) => clientVerdict(socket)],
  ['SSL_SESSION_RESUMED', (socket) => (socket.isSessionReused() ? 'Resumed' : 'Initial')],
  ['SSL_TLS_SNI', (socket) => (socket as { servername?: string | false }).servername || undefined],
]);

/** The variables that have a name in expressions. */
export const tlsVariableNames: readonly string[] = [
  ...variables.keys(),
  ...['CLIENT', 'SERVER'].flatMap((whose) => fieldNames.map((field) => `SSL_${whose}_${field}`)),
  'SSL_CLIENT_CERT_CHAIN_0',
  'SSL_CLIENT_CERT_CHAIN_1',
];

/** The value of a variable of mod_ssl, in any letter case; undefined without TLS, and for a name that says nothing here. */
export function readTlsVariable(connection: ConnectionRecord, anyCase: string): string | undefined {
  const { secure, tls } = connection;
  const name = anyCase.toUpperCase();
  if (name === 'HTTPS') return secure ? 'on' : 'off';
  if (tls === undefined) return undefined;
  const variable = variables.get(name);
  if (variable !== undefined) return variable(tls);
  let known = connection.state.get(valuesKey);
  if (known === undefined) connection.state.set(valuesKey, (known = new Map()));
  if (!known.has(name)) known.set(name, readOfCertificate(tls, name));
  return known.get(name);
}

/** What a client has proved by its certificate, in Apache's words. */
export function clientVerdict(socket: TLSSocket): 'NONE' | 'SUCCESS' | 'GENEROUS' {
  if (socket.getPeerX509Certificate() === undefined) return 'NONE';
  return socket.authorized ? 'SUCCESS' : 'GENEROUS';
}

/** Certificates stay the same for a connection, so that each value is made once. */
const valuesKey = stateKey<Map<string, string | undefined>>('ssl.certificate-variables');

function readOfCertificate(socket: TLSSocket, name: string): string | undefined {
  const { whose, field = '' } = /^SSL_(?<whose>CLIENT|SERVER)_(?<field>.+)$/.exec(name)?.groups ?? {};
  if (whose === undefined) return undefined;
  let certificate = whose === 'CLIENT' ? socket.getPeerX509Certificate() : socket.getX509Certificate();
  const above = /^CERT_CHAIN_(?<at>\d{1,2})$/.exec(field)?.groups?.['at'];
  if (above === undefined) return certificate && readCertificate(certificate, field);
  for (let at = Number(above); at >= 0; at--) certificate = issuerOf(certificate);
  return certificate?.toString();
}

function issuerOf(certificate: X509Certificate | undefined): X509Certificate | undefined {
  return certificate?.issuerCertificate;
}

function cipherBits(socket: TLSSocket): string {
  const { name } = socket.getCipher();
  return /(?:AES|CAMELLIA|ARIA)_?(128|256)/.exec(name)?.[1] ?? (name.includes('CHACHA20') ? '256' : '128');
}
