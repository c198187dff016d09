import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { RequestRecord } from 'sluice';

/** By what the clients of a limit are told apart. */
export interface ClientKey {
  /** Known only after the authenticate phase. */
  readonly needsUser: boolean;
  /** The client's own part of the key in the store. */
  of(r: RequestRecord): string;
}

const byAddress: ClientKey = { needsUser: false, of: (r) => `address:${network(r.clientIp)}` };

const byUser: ClientKey = {
  needsUser: true,
  of: (r) => (r.user === undefined ? byAddress.of(r) : `user:${digest(r.user)}`),
};

/** Reads `address`, `user` or `header:NAME`; undefined for anything else. */
export function parseClientKey(text: string): ClientKey | undefined {
  if (text === 'address') return byAddress;
  if (text === 'user') return byUser;
  const name = /^header:(?<name>[\w!#$%&'*+.^`|~-]+)$/.exec(text)?.groups?.['name'];
  return name === undefined ? undefined : byHeader(name);
}

/** A request without the header counts for its address, so that leaving it out is no way around the limit. */
function byHeader(name: string): ClientKey {
  return {
    needsUser: false,
    of(r) {
      const value = r.headersIn.get(name);
      return value === undefined ? byAddress.of(r) : `header:${name.toLowerCase()}:${digest(value)}`;
    },
  };
}

/** Keys of clients may be secrets, and as long as a header may be. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Whoever has one address of IPv6 has the 2^64 around it (RFC 6177). */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = 8 - groups.length - (tail ?? '').split(':').filter((group) => group !== '').length;
  const filled = tail === undefined ? groups : [...groups, ...Array.from({ length: missing }, () => '0')];
  const prefix = [...filled, ...(tail ?? '').split(':')].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${prefix.join(':')}::/64`;
}
