import { isIPv4, isIPv6 } from 'node:net';

/** Host and port of a Host header or absolute target. */
export interface Authority {
  readonly hostname: string;
  readonly port: number | undefined;
}

const authority = /^(?<hostname>(?:[\w-]+\.)*[\w-]+\.?|\[[0-9a-f:.]+\])(?::(?<port>\d{0,5}))?$/i;
/** A last label such as `127` or `0x7f` makes an address of the name (WHATWG URL, §3.5). */
const numeric = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;

/** Most requests name the same host as the one before. */
let last: { readonly text: string; readonly authority: Authority | undefined } = { text: '', authority: undefined };

/** Reads `host`, `host:port` or `[::1]:port`; undefined where it is none (RFC 9110 §7.2). */
export function parseAuthority(text: string): Authority | undefined {
  if (last.text !== text) last = { text, authority: readAuthority(text) };
  return last.authority;
}

function readAuthority(text: string): Authority | undefined {
  const groups = authority.exec(text)?.groups;
  if (groups === undefined || !isHost(groups['hostname']!)) return undefined;
  const port = groups['port'] === undefined || groups['port'] === '' ? undefined : Number(groups['port']);
  if (port !== undefined && port > 65_535) return undefined;
  return { hostname: groups['hostname']!.toLowerCase().replace(/\.$/, ''), port };
}

/** As strict as Apache: an address is written in full, or it is none. */
function isHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isIPv6(hostname.slice(1, -1));
  return !numeric.test(hostname) || isIPv4(hostname);
}

/** The absolute URL of a request, by its Host header or else the server's name. */
export function requestUrl(r: {
  readonly unparsedUri: string;
  readonly hostname: string;
  readonly headersIn: { get(name: string): string | undefined };
  readonly connection: { readonly secure: boolean; readonly localPort: number };
}): URL {
  const scheme = r.connection.secure ? 'https' : 'http';
  const port = parseAuthority(r.headersIn.get('Host') ?? '')?.port ?? r.connection.localPort;
  const base = `${scheme}://${r.hostname}${port === 0 ? '' : `:${port}`}`;
  return r.unparsedUri.startsWith('/') ? new URL(base + r.unparsedUri) : new URL(r.unparsedUri, base);
}
