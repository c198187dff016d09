import type { Table } from '../../core/table.ts';

/** How a client wants to negotiate (RFC 2295 §8.4). */
export interface NegotiateHeader {
  /** It can choose from a list itself. */
  readonly isTransparent: boolean;
  /** The server may choose for it. */
  readonly mayChoose: boolean;
  /** By the rules of RFC 2296 only. */
  readonly isRemote: boolean;
}

/** Reads the header Negotiate; a client without one leaves the choice to the server. */
export function readNegotiateHeader(headers: Table): NegotiateHeader {
  const header = headers.get('Negotiate');
  if (header === undefined) return serverDriven;
  // Lynx says so, but can't.
  if (header === 'trans' && headers.get('User-Agent')?.startsWith('Lynx') === true) return serverDriven;
  const words = header
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  const isRemote = words.includes('1.0');
  return {
    isTransparent: words.some((word) => known.has(word) || /^\d/.test(word)),
    mayChoose: isRemote || words.includes('*'),
    isRemote,
  };
}

const serverDriven: NegotiateHeader = { isTransparent: false, mayChoose: true, isRemote: false };
const known: ReadonlySet<string> = new Set(['trans', 'vlist', 'guess-small', '*']);
