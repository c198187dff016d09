import type { RequestRecord } from '../core/request-record.ts';
import { parseAuthority } from '../core/request-url.ts';

/**
 * What a Location header says for an escaped path of this server, with or without a query. It begins with exactly one
 * slash, whatever the URL said, and has no host in it, so that a forged Host header leads nobody away; under
 * UseCanonicalName the server's own name is what is asked for.
 */
export function ownUrl(r: RequestRecord, path: string, isRelative = !r.config.useCanonicalName): string {
  const local = `/${path.replace(/^[/\\]+/, '')}`;
  return isRelative ? local : origin(r) + local;
}

function origin(r: RequestRecord): string {
  const scheme = r.connection.secure ? 'https' : 'http';
  const port = portOf(r);
  return `${scheme}://${r.serverName}${port === 0 || port === (r.connection.secure ? 443 : 80) ? '' : `:${port}`}`;
}

/** ServerName's port, or the one that the client used; 0 for the scheme's own. */
function portOf({ config, headersIn, server, connection }: RequestRecord): number {
  if (config.useCanonicalName) return server.port;
  return parseAuthority(headersIn.get('Host') ?? '')?.port ?? (headersIn.has('Host') ? 0 : connection.localPort);
}
