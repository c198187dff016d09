import { SocketAddress, isIPv4, isIPv6 } from 'node:net';
import { type TrustedProxy, isPrivate } from './proxy-list.ts';

/** Who is behind the proxies, and what the header says that nobody trusted vouches for. */
export interface FoundClient {
  readonly address: string;
  /** What is left of the header. */
  readonly rest: string;
  /** The trusted proxies on the way that aren't internal, the nearest first. */
  readonly proxies: readonly string[];
}

/**
 * Goes from the connection's address backwards through the list of a header such as X-Forwarded-For, as long as the address
 * is that of a trusted proxy; a private address counts only where an internal proxy says it. Undefined where nothing in the list counts.
 */
export function findClient(
  connectionIp: string,
  header: string,
  trusted: readonly TrustedProxy[],
): FoundClient | undefined {
  const said = header.split(',');
  const count = said.length;
  const proxies: string[] = [];
  let address = connectionIp;
  while (said.length > 0) {
    const proxy = trusted.find(({ range }) => range.contains(address));
    if (proxy === undefined) break;
    const next = plainAddress(said.at(-1)!.trim());
    if (next === undefined || (!proxy.isInternal && isPrivate(next))) break;
    if (!proxy.isInternal) proxies.push(address);
    said.pop();
    address = next;
  }
  return said.length === count ? undefined : { address, rest: said.join(',').trim(), proxies };
}

/** The address as a connection would have it; undefined for other text, such as an address with a port. */
function plainAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
