import type { X509Certificate } from 'node:crypto';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED } from '../../core/verdict.ts';
import { alternativeNames, nameParts, namesOfKind, valuesOf } from './certificate-variables.ts';
import { readTlsVariable } from './tls-variables.ts';

/** What StdEnvVars sets beside the parts of names. */
const standardNames = [
  ...['VERSION_INTERFACE', 'VERSION_LIBRARY', 'PROTOCOL', 'SECURE_RENEG', 'COMPRESS_METHOD'],
  ...['CIPHER', 'CIPHER_EXPORT', 'CIPHER_USEKEYSIZE', 'CIPHER_ALGKEYSIZE', 'CLIENT_VERIFY', 'SESSION_RESUMED'],
  ...['CLIENT', 'SERVER'].flatMap((whose) =>
    ['M_VERSION', 'M_SERIAL', 'V_START', 'V_END', 'V_REMAIN', 'S_DN', 'I_DN', 'A_KEY', 'A_SIG'].map(
      (field) => `${whose}_${field}`,
    ),
  ),
  'CLIENT_CERT_RFC4523_CEA',
].map((name) => `SSL_${name}`);

/** Most certificates above a client's that ExportCertData passes on. */
const LONGEST_CHAIN = 10;

/** Puts what is known of the TLS into the environment, where handlers, CGI and pages find it. */
export function setTlsEnvironment(r: RequestRecord): typeof DECLINED {
  const { tls } = r.connection;
  if (!r.connection.secure || r.main !== undefined) return DECLINED;
  const set = (name: string): void => {
    const value = readTlsVariable(r.connection, name);
    if (value !== undefined) r.env.set(name, value);
  };
  set('HTTPS');
  set('SSL_TLS_SNI');
  const { on } = r.config.sslOptions;
  if (tls !== undefined && on.has('stdenvvars')) {
    setNameParts(r, 'SERVER', tls.getX509Certificate());
    setNameParts(r, 'CLIENT', tls.getPeerX509Certificate());
    for (const name of standardNames) set(name);
  }
  if (on.has('exportcertdata')) {
    for (const name of ['SSL_SERVER_CERT', 'SSL_CLIENT_CERT']) set(name);
    for (let at = 0; at < LONGEST_CHAIN; at++) set(`SSL_CLIENT_CERT_CHAIN_${at}`);
  }
  return DECLINED;
}

/** `SSL_CLIENT_S_DN_CN` and its kin; a part that is there several times gets numbers from the second on. */
function setNameParts(r: RequestRecord, whose: string, certificate: X509Certificate | undefined): void {
  if (certificate === undefined) return;
  for (const [name, lines] of [['S', certificate.subject] as const, ['I', certificate.issuer] as const]) {
    for (const [part, own] of nameParts) {
      for (const [at, value] of valuesOf(lines, own).entries()) {
        r.env.set(`SSL_${whose}_${name}_DN_${part}${at === 0 ? '' : `_${at}`}`, value);
      }
    }
  }
  for (const [kind, own] of alternativeNames) {
    for (const [at, value] of namesOfKind(certificate, own).entries()) {
      r.env.set(`SSL_${whose}_SAN_${kind}_${at}`, value);
    }
  }
}
