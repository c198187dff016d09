import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Config } from '../config/directive.ts';

/** What OpenSSL says of a chain that is in order but for nobody knowing who signed it. */
const unknownSigner: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What keeps a client from being served for its certificate, or for having none; undefined where nothing does. */
export function clientFault(
  socket: TLSSocket,
  config: Config,
  authorities: readonly X509Certificate[],
): string | undefined {
  const { sslVerifyClient, sslVerifyDepth } = config;
  if (sslVerifyClient === 'none') return undefined;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return sslVerifyClient === 'require' ? 'the client has no certificate' : undefined;
  if (socket.authorized) {
    const depth = depthOf(certificate, authorities);
    if (depth <= sslVerifyDepth) return undefined;
    return `${depth} certificates stand above the client's, SSLVerifyDepth allows ${sslVerifyDepth}`;
  }
  const reason = String(socket.authorizationError);
  if (sslVerifyClient === 'optional_no_ca' && unknownSigner.has(reason)) return undefined;
  return `the client's certificate was refused: ${reason}`;
}

/**
 * How many certificates stand above the client's, at least: not every Node tells of those that the client brings besides
 * its own, which then count as one.
 */
function depthOf(client: X509Certificate, authorities: readonly X509Certificate[]): number {
  let depth = 0;
  for (let certificate = client; !certificate.checkIssued(certificate); depth++) {
    const issuer: X509Certificate | undefined =
      certificate.issuerCertificate ?? authorities.find((authority) => certificate.checkIssued(authority));
    if (issuer === undefined) return depth + 2;
    certificate = issuer;
  }
  return depth;
}
