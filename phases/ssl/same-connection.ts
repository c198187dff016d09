import type { Config } from '../../core/config/directive.ts';
import type { NamedFile, SniPolicy } from '../../core/directives/tls-directives.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { ServerRecord } from '../../core/server-record.ts';
import { DECLINED, httpError } from '../../core/verdict.ts';

/**
 * A connection was made with the certificate and the demands of one host; a request on it for another one is answered only
 * where those are alike enough. Otherwise the client is told to make a connection of its own (RFC 9110 §15.5.20).
 */
export function refuseOtherHosts(r: RequestRecord): typeof DECLINED {
  const { connection, server } = r;
  if (!connection.secure || connection.tls === undefined) return DECLINED;
  const named = (connection.tls as { servername?: string | false }).servername;
  if (server.config.sslStrictSNIVHostCheck && !named) {
    throw httpError(403, 'the client names no server in the TLS handshake, and SSLStrictSNIVHostCheck is on');
  }
  if (named && !r.headersIn.has('Host')) {
    throw httpError(400, `the client named ${named} in the TLS handshake, but no host in its request`);
  }
  const of = connection.server as ServerRecord | undefined;
  if (of === undefined || of === server || isAlike(of, server, server.config.sslvHostSNIPolicy)) return DECLINED;
  throw httpError(
    421,
    `the connection was made for ${of.hostname}, whose TLS isn't that of ${server.hostname} (SSLVHostSNIPolicy ${server.config.sslvHostSNIPolicy})`,
  );
}

function isAlike(one: ServerRecord, other: ServerRecord, policy: SniPolicy): boolean {
  if (policy === 'insecure') return true;
  if (policy === 'strict') return one.hostname === other.hostname;
  const describe = policy === 'authonly' ? clientDemands : allSettings;
  return describe(one.config) === describe(other.config);
}

function clientDemands(config: Config): string {
  const { sslVerifyClient, sslVerifyDepth, sslcaCertificateFile, sslcaRevocationFile, sslcaRevocationCheck } = config;
  if (sslVerifyClient === 'none') return 'none';
  return JSON.stringify([
    sslVerifyClient,
    sslVerifyDepth,
    sslcaCertificateFile?.path,
    sslcaRevocationFile?.path,
    sslcaRevocationCheck,
  ]);
}

function allSettings(config: Config): string {
  const { sslCertificateFile, sslCertificateKeyFile, sslCipherSuite, sslProtocol } = config;
  const paths = (files: readonly NamedFile[]): string[] => files.map(({ path }) => path);
  return JSON.stringify([
    clientDemands(config),
    paths(sslCertificateFile),
    paths(sslCertificateKeyFile),
    sslProtocol,
    sslCipherSuite.older?.value,
    sslCipherSuite.tls13?.value,
  ]);
}
