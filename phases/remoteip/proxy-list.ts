import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { readFileSync } from 'node:fs';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { type IpRange, parseIpRange } from '../../core/ip-range.ts';
import { messageOf } from '../../core/thrown.ts';

/** A proxy whose word counts. */
export interface TrustedProxy {
  readonly range: IpRange;
  /** On the same network: it is believed about private addresses too. */
  readonly isInternal: boolean;
}

/** Reads an address, a network, or a name, which is looked up once, at start. */
export async function parseProxy(word: string, isInternal: boolean, site: DirectiveSite): Promise<TrustedProxy[]> {
  if (/^[\d.]+(?:\/|$)|:/.test(word)) return [{ range: parseIpRange(word), isInternal }];
  try {
    const found = await lookup(word, { all: true });
    return found.map(({ address }) => ({ range: parseIpRange(address), isInternal }));
  } catch (error) {
    return site.fail(`${site.name} takes addresses, networks and names, not "${word}" (${messageOf(error)})`);
  }
}

/** Reads a file with a proxy on each line; `#` begins a comment. */
export async function readProxies(path: string, isInternal: boolean, site: DirectiveSite): Promise<TrustedProxy[]> {
  const words = readFileSync(site.resolve(path), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
  return (await Promise.all(words.map((word) => parseProxy(word, isInternal, site)))).flat();
}

/** Addresses that only an internal proxy can know: those of private networks (RFC 6890), and IPv6 beyond 2000::/3. */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 6) return !globalV6.contains(address);
  return privateV4.some((range) => range.contains(address));
}

const globalV6 = parseIpRange('2000::/3');
const privateV4 = ['10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'].map(parseIpRange);
