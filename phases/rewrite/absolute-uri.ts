import type { RequestRecord } from '../../core/request-record.ts';
import { compileWildcard } from '../../core/wildcard.ts';
import { escapeUri } from './escape-uri.ts';

/** What rules take for a whole URL; the schemes of the second group have no query. */
const absolute =
  /^(?:(?:ajp|balancer|fcgi|https?|h2c?|scgi|wss?):\/\/|mailto:|(?<plain>(?:ftp|gopher|ldap|nntp):\/\/|news:))/i;

/** The length of scheme and colon, or slashes; 0 for what is a path. */
export function schemeLength(uri: string): number {
  return uri.startsWith('/') || uri.length <= 5 ? 0 : (absolute.exec(uri)?.[0].length ?? 0);
}

/** Whether a query may follow; true for paths. */
export function mayHaveQuery(uri: string): boolean {
  return schemeLength(uri) === 0 || absolute.exec(uri)?.groups?.['plain'] === undefined;
}

/** Escapes everything behind the host, or behind the scheme where there is none. */
export function escapeAbsoluteUri(uri: string): string {
  const scheme = schemeLength(uri);
  const slash = uri[scheme - 1] === '/' ? uri.indexOf('/', scheme) : scheme - 1;
  if (slash < 0) return uri;
  const [fixed, rest] = [uri.slice(0, slash + 1), uri.slice(slash + 1)];
  // RFC 4516: the parts of such a URL are separated by question marks.
  return /^ldap:/i.test(uri) ? fixed + rest.split('?').map(escapeUri).join('?') : fixed + escapeUri(rest);
}

/** The path of a URL that names this very server, by the name and port of ServerName; undefined for others. */
export function ownPath(uri: string, r: RequestRecord): string | undefined {
  const scheme = r.connection.secure ? 'https' : 'http';
  const parts = /^(?<scheme>https?):\/\/(?<host>[^/:]*)(?::(?<port>[^/]*))?(?<path>\/.*)?$/is.exec(uri)?.groups;
  if (parts === undefined || parts['scheme']!.toLowerCase() !== scheme) return undefined;
  const port = Number.parseInt(parts['port'] ?? (scheme === 'https' ? '443' : '80'), 10);
  if (port !== r.server.port) return undefined;
  const host = parts['host']!.toLowerCase();
  const { hostname, config } = r.server;
  const isOwn =
    host === hostname || config.serverAlias.some((alias) => compileWildcard(alias, { ignoreCase: true })(host));
  return isOwn ? (parts['path'] ?? '/') : undefined;
}
