import { type X509Certificate, constants } from 'node:crypto';
import { type SecureContextOptions, createSecureContext } from 'node:tls';
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/directive.ts';
import type { LibrarySetting } from '../directives/tls-directives.ts';
import { messageOf } from '../thrown.ts';
import { type KeyPair, readPem } from './certificates.ts';

/** The ciphers of TLS 1.3, which have to be named as soon as others are. */
const tls13Suites = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

/**
 * What Node's TLS is told of a server's config. Throws a ConfigError at the line that has a file or a setting that can't be
 * used.
 */
export function secureContextOptions(
  config: Config,
  pairs: readonly KeyPair[],
  authorities: readonly X509Certificate[],
): SecureContextOptions {
  const { sslProtocol, sslCipherSuite, sslHonorCipherOrder, sslSessionTickets, sslOpenSSLConfCmd: groups } = config;
  const options: SecureContextOptions = {
    cert: pairs.map(({ chain }) => chain),
    key: pairs.map(({ key }) => key),
    // None is said too: Node would take everybody's that browsers trust.
    ca: authorities.map(String),
    minVersion: sslProtocol[0]!,
    maxVersion: sslProtocol.at(-1)!,
    honorCipherOrder: sslHonorCipherOrder,
    secureOptions: sslSessionTickets ? 0 : constants.SSL_OP_NO_TICKET,
  };
  const { older, tls13 } = sslCipherSuite;
  if (older !== undefined || tls13 !== undefined) {
    options.ciphers = `${tls13?.value ?? tls13Suites}:${older?.value ?? defaultCiphers}`;
    attempt(older ?? tls13!, 'ciphers', { ciphers: options.ciphers });
  }
  if (groups !== undefined) {
    options.ecdhCurve = groups.value;
    attempt(groups, 'groups', { ecdhCurve: groups.value });
  }
  const lists = readRevocations(config);
  return lists === undefined ? options : { ...options, crl: lists };
}

const defaultCiphers = constants.defaultCipherList
  .split(':')
  .filter((name) => !name.startsWith('TLS_'))
  .join(':');

function readRevocations({ sslcaRevocationFile: file, sslcaRevocationCheck }: Config): string | undefined {
  if (file === undefined || sslcaRevocationCheck === 'none') return undefined;
  const crl = readPem(file);
  try {
    createSecureContext({ crl });
    return crl;
  } catch (error) {
    throw new ConfigError(
      file.at,
      `expected lists of revoked certificates in PEM in ${file.path}: ${messageOf(error)}`,
    );
  }
}

/** Lets the library say whether it knows what a line names. */
function attempt({ value, at }: LibrarySetting, what: string, options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    throw new ConfigError(at, `the TLS library knows no ${what} "${value}": ${messageOf(error)}`, { cause: error });
  }
}
