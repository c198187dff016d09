import { ConfigError, formatPosition } from '../config/config-error.ts';
import type { VirtualHosts } from '../virtual-hosts.ts';
import { speaksTls } from './speaks-tls.ts';

/**
 * Looks whether the servers of a config can do together what they say about TLS, which is decided before a client has named
 * one of them.
 *
 * @throws {ConfigError} where hosts at one address don't agree, and where a port for HTTPS has no certificate.
 */
export function checkTlsOfHosts(hosts: VirtualHosts): void {
  const { listen } = hosts.main.config;
  const protocol = listen.some((address) => address.protocol === 'https') ? 'https' : 'http';
  for (const [first, second] of hosts.sharingAddress()) {
    if (speaksTls(first.config, protocol) === speaksTls(second.config, protocol)) continue;
    throw new ConfigError(
      second.definedAt,
      `this VirtualHost has the address of the one at ${formatPosition(first.definedAt)}, but only one of them has TLS; write SSLEngine on and a certificate for both, or for none`,
    );
  }
  for (const { at, port, protocol: own } of listen) {
    // Port 443 is for HTTPS without anybody saying so.
    if (own !== 'https' || port === 443 || at === undefined) continue;
    if (hosts.atPort(port).some(({ config }) => speaksTls(config, own))) continue;
    throw new ConfigError(
      at,
      `port ${port} is for https, but no server there has a certificate; name its file by SSLCertificateFile, or leave out https`,
    );
  }
}
