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

/** The port by which the server calls itself: the client's, ServerName's under UseCanonicalName, or the scheme's own. */
export function ownPort({ config, headersIn, server, connection }: RequestRecord): number {
  const asked = config.useCanonicalName ? undefined : parseAuthority(headersIn.get('Host') ?? '')?.port;
  return (asked ?? server.port) || defaultPort(connection.secure);
}

function origin(r: RequestRecord): string {
  const { secure } = r.connection;
  const port = ownPort(r);
  return `${secure ? 'https' : 'http'}://${r.serverName}${port === defaultPort(secure) ? '' : `:${port}`}`;
}

function defaultPort(secure: boolean): number {
  return secure ? 443 : 80;
}
