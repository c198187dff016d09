import type { Config } from '../config/directive.ts';
import type { ListenAddress } from '../directives/server-directives.ts';

/** Whether connections of a server speak TLS that came in by a Listen line of this protocol. */
export function speaksTls(config: Config, protocol: ListenAddress['protocol']): boolean {
  return config.sslEngine ?? (protocol === 'https' && config.sslCertificateFile.length > 0);
}
