import type { RequestRecord } from './request-record.ts';
import type { FlatHeaders } from './response-sink.ts';

/** RFC 9110 §6.4.1: these statuses never have a body. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 304 || status < 200;
}

/**
 * The response headers of `r` as they go on the wire: both tables, the content members, and Content-Length where `length`
 * is known.
 */
export function composeHead(r: RequestRecord, length: number | undefined): FlatHeaders {
  const isEmpty = isBodiless(r.status);
  const headers: FlatHeaders = [];
  let hasType = false;
  let hasExpires = !r.noCache;
  let vary: string | undefined;
  for (const given of givenHeaders(r)) {
    for (let at = 0; at < given.length; at += 2) {
      const value = given[at + 1]!;
      const own = ownName(given[at]!);
      // Framing is the engine's business.
      if (own === 'transfer-encoding' || (own === 'content-length' && (isEmpty || length !== undefined))) continue;
      if (own === 'vary') vary = vary === undefined ? value : joinVary(vary, value);
      else headers.push(given[at]!, value);
      if (own === 'content-type') hasType = true;
      if (own === 'expires') hasExpires = true;
    }
  }
  if (!hasExpires) headers.push('Expires', new Date(r.requestTime).toUTCString());
  if (vary !== undefined) headers.push('Vary', vary);
  if (!hasType && r.contentType !== undefined && !isEmpty) headers.push('Content-Type', fullType(r));
  if (r.contentEncoding !== undefined) headers.push('Content-Encoding', r.contentEncoding);
  if (r.contentLanguages.length > 0) headers.push('Content-Language', r.contentLanguages.join(', '));
  if (length !== undefined && !isEmpty) headers.push('Content-Length', String(length));
  return headers;
}

const none: readonly FlatHeaders[] = [];

function givenHeaders(r: RequestRecord): readonly FlatHeaders[] {
  if (!r.hasErrHeadersOut) return r.hasHeadersOut ? [r.headersOut.toFlat()] : none;
  return r.hasHeadersOut ? [r.errHeadersOut.toFlat(), r.headersOut.toFlat()] : [r.errHeadersOut.toFlat()];
}

/** The lower-case name of a header that the engine looks at; most others are told from these by their length. */
function ownName(name: string): string | undefined {
  return ownLengths.has(name.length) ? name.toLowerCase() : undefined;
}

const ownLengths = new Set(
  ['vary', 'expires', 'content-type', 'content-length', 'transfer-encoding'].map((name) => name.length),
);

/** The reason phrase that `statusLine` asks for; only honoured where it begins with the status, as in Apache. */
export function reasonOf(r: RequestRecord): string | undefined {
  if (r.statusLine === undefined || !r.statusLine.startsWith(`${r.status} `)) return undefined;
  return r.statusLine.slice(4);
}

/** The content type with its charset. */
export function fullType(r: RequestRecord): string {
  const type = r.contentType!;
  return r.charset === undefined || type.includes('charset=') ? type : `${type}; charset=${r.charset}`;
}

function joinVary(first: string, second: string): string {
  const names = new Map<string, string>();
  for (const name of `${first},${second}`.split(',')) {
    const trimmed = name.trim();
    if (trimmed !== '' && !names.has(trimmed.toLowerCase())) names.set(trimmed.toLowerCase(), trimmed);
  }
  return names.has('*') ? '*' : [...names.values()].join(', ');
}
