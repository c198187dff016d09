import { isIPv4, isIPv6 } from 'node:net';
import type { Found } from './read-ahead.ts';

/** A connection that doesn't begin as the PROXY protocol has it. */
export class ProxyProtocolError extends Error {
  readonly code = 'ERR_SLUICE_PROXY_PROTOCOL';

  constructor(fault: string) {
    super(`PROXY protocol: ${fault}`);
  }
}

/** What a proxy says in front of a connection's bytes. */
export type ProxyHeader =
  /** It passes on a client's connection. */
  | { readonly kind: 'client'; readonly ip: string; readonly port: number }
  /** It speaks for itself, or doesn't know the client, or that one has no address. */
  | { readonly kind: 'unknown' }
  /** These bytes aren't the PROXY protocol's. */
  | { readonly kind: 'absent' };

const v1Start = Buffer.from('PROXY ');
/** Of the whole line with its end. */
const V1_LONGEST = 107;
const v2Start = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const V2_HEAD = 16;
const LOCAL = 0;
const PROXY = 1;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, that a connection begins with; undefined while too little of it
 * is there. Throws a ProxyProtocolError where it begins as one and then isn't.
 */
export function readProxyHeader(bytes: Buffer): Found<ProxyHeader> | undefined {
  if (startsAs(bytes, v1Start)) return bytes.length < v1Start.length ? undefined : readVersion1(bytes);
  if (startsAs(bytes, v2Start)) return bytes.length < V2_HEAD ? undefined : readVersion2(bytes);
  return { value: { kind: 'absent' }, length: 0 };
}

/** As far as there are bytes. */
function startsAs(bytes: Buffer, start: Buffer): boolean {
  const common = Math.min(bytes.length, start.length);
  return bytes.compare(start, 0, common, 0, common) === 0;
}

function readVersion1(bytes: Buffer): Found<ProxyHeader> | undefined {
  const line = bytes.toString('latin1', 0, V1_LONGEST);
  const end = line.indexOf('\r\n');
  if (end < 0) {
    if (bytes.length < V1_LONGEST) return undefined;
    throw new ProxyProtocolError(`the line has no end within ${V1_LONGEST} bytes`);
  }
  const length = end + 2;
  const [, family, source = '', target = '', port = '', targetPort = '', ...more] = line.slice(0, end).split(' ');
  if (family === 'UNKNOWN') return { value: { kind: 'unknown' }, length };
  const isAddress = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : undefined;
  if (isAddress === undefined) throw new ProxyProtocolError('the line names neither TCP4 nor TCP6 nor UNKNOWN');
  const ports = [port, targetPort];
  if (!isAddress(source) || !isAddress(target) || !ports.every(isPort) || more.length > 0) {
    throw new ProxyProtocolError(`expected two ${family} addresses and two ports`);
  }
  const ip = family === 'TCP4' ? source : ipv6Text(source);
  return { value: { kind: 'client', ip, port: Number(port) }, length };
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

/** The length of the addresses, by their family; ports of two bytes are behind each two of them. */
const familyLengths: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [2, 16],
]);

/** Whatever stands behind the addresses (TLVs) is passed over. */
function readVersion2(bytes: Buffer): Found<ProxyHeader> | undefined {
  const version = bytes[12]! >> 4;
  const command = bytes[12]! & 0x0f;
  if (version !== 2) throw new ProxyProtocolError(`the version is ${version}, not 2`);
  if (command !== LOCAL && command !== PROXY)
    throw new ProxyProtocolError(`the command is ${command}, neither LOCAL nor PROXY`);
  const length = V2_HEAD + bytes.readUInt16BE(14);
  if (bytes.length < length) return undefined;
  const size = familyLengths.get(bytes[13]! >> 4);
  if (command === LOCAL || size === undefined) return { value: { kind: 'unknown' }, length };
  if (length < V2_HEAD + 2 * size + 4) throw new ProxyProtocolError('the header is too short for its addresses');
  const address = bytes.subarray(V2_HEAD, V2_HEAD + size);
  const port = bytes.readUInt16BE(V2_HEAD + 2 * size);
  return { value: { kind: 'client', ip: size === 4 ? address.join('.') : ipv6Text(groupsOf(address)), port }, length };
}

function groupsOf(address: Buffer): string {
  return Array.from({ length: 8 }, (_, at) => address.readUInt16BE(2 * at).toString(16)).join(':');
}

/** As Node shows addresses: by RFC 5952, and an IPv4 address that is mapped into IPv6 as itself. */
function ipv6Text(address: string): string {
  const text = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return text;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.');
}
