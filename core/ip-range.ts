import { isIPv4, isIPv6 } from 'node:net';

/** A set of addresses that belong together. */
export interface IpRange {
  /** False also for text that is no address. An IPv4-mapped IPv6 address counts as the IPv4 address it holds. */
  contains(address: string): boolean;
}

/**
 * Reads an address (`10.1.2.3`, `::1`), a network (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`) or the beginning
 * of an IPv4 address (`10.1`). Throws Error for anything else.
 *
 * @example
 * const office = parseIpRange('192.168.0.0/16');
 * office.contains('192.168.4.2'); // true
 */
export function parseIpRange(text: string): IpRange {
  const [base = '', mask, ...rest] = text.split('/');
  if (rest.length > 0) throw notARange(text);
  if (mask === undefined) return parsePartialAddress(base) ?? rangeOf(text, base, undefined);
  return rangeOf(text, base, mask);
}

function rangeOf(text: string, base: string, mask: string | undefined): IpRange {
  const address = parseAddress(base);
  if (address === undefined) throw notARange(text);
  if (typeof address !== 'number') return ipv6Range(address, readPrefix(text, mask, 128));
  // ::ffff:10.0.0.0/104 counts its bits from the start of the IPv6 address.
  if (base.includes(':')) return ipv4Range(address, maskOf(readPrefix(text, mask, 128) - 96));
  if (mask !== undefined && isIPv4(mask)) return ipv4Range(address, readIpv4(mask));
  return ipv4Range(address, maskOf(readPrefix(text, mask, 32)));
}

function ipv4Range(address: number, mask: number): IpRange {
  const network = address & mask;
  return {
    contains(candidate) {
      const other = parseAddress(candidate);
      return typeof other === 'number' && (other & mask) === network;
    },
  };
}

function ipv6Range(address: readonly number[], prefix: number): IpRange {
  const masks = address.map((_, index) => (0xffff << Math.max(0, 16 - Math.max(0, prefix - index * 16))) & 0xffff);
  return {
    contains(candidate) {
      const other = parseAddress(candidate);
      if (typeof other !== 'object') return false;
      return masks.every((mask, index) => ((address[index]! ^ other[index]!) & mask) === 0);
    },
  };
}

/** IPv4 as a 32-bit number, IPv6 as eight groups of 16 bits. */
function parseAddress(text: string): number | number[] | undefined {
  if (isIPv4(text)) return readIpv4(text);
  if (!isIPv6(text)) return undefined;
  const groups = readIpv6(text);
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return mapped ? (groups[6]! << 16) | groups[7]! : groups;
}

function readIpv4(text: string): number {
  let address = 0;
  for (const part of text.split('.')) address = (address << 8) | Number(part);
  return address;
}

function readIpv6(text: string): number[] {
  const [withoutZone = ''] = text.split('%');
  const [head = '', tail] = withoutZone.split('::');
  const left = readGroups(head);
  if (tail === undefined) return left;
  const right = readGroups(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function readGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const embedded = readIpv4(group);
    return [embedded >>> 16, embedded & 0xffff];
  });
}

function readPrefix(text: string, mask: string | undefined, bits: number): number {
  if (mask === undefined) return bits;
  const prefix = /^\d{1,3}$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(prefix <= bits)) throw notARange(text);
  return prefix;
}

function maskOf(prefix: number): number {
  return prefix <= 0 ? 0 : -1 << (32 - prefix);
}

function parsePartialAddress(text: string): IpRange | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){0,2}\.?$/.test(text)) return undefined;
  const parts = text.split('.').filter((part) => part !== '');
  const whole = [...parts, '0', '0', '0'].slice(0, 4).join('.');
  return isIPv4(whole) ? ipv4Range(readIpv4(whole), maskOf(parts.length * 8)) : undefined;
}

function notARange(text: string): Error {
  return new Error(
    `expected an address, a network such as 10.0.0.0/8 or 2001:db8::/32, or the beginning of an IPv4 address, not "${text}"`,
  );
}
