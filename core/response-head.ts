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
  const headers: FlatHeaders = r.hasHeadersOut ? r.headersOut.toFlat() : [];
  if (r.hasErrHeadersOut) for (const [name, value] of r.errHeadersOut) headers.push(name, value);
  let hasType = false;
  let varyAt = -1;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at]!;
    if (name.length === 12 && name.toLowerCase() === 'content-type') hasType = true;
    if ((name.length === 14 && name.toLowerCase() === 'content-length' && length !== undefined) || hidden(r, name)) {
      headers.splice(at, 2);
      at -= 2;
    } else if (name.length === 4 && name.toLowerCase() === 'vary') {
      if (varyAt < 0) varyAt = at;
      else {
        headers[varyAt + 1] = joinVary(headers[varyAt + 1]!, headers[at + 1]!);
        headers.splice(at, 2);
        at -= 2;
      }
    }
  }
  if (!hasType && r.contentType !== undefined && !isBodiless(r.status)) headers.push('Content-Type', fullType(r));
  if (r.contentEncoding !== undefined) headers.push('Content-Encoding', r.contentEncoding);
  if (r.contentLanguages.length > 0) headers.push('Content-Language', r.contentLanguages.join(', '));
  if (length !== undefined && !isBodiless(r.status)) headers.push('Content-Length', String(length));
  return headers;
}

/** The reason phrase that `statusLine` asks for; only honoured where it begins with the status, as in Apache. */
export function reasonOf(r: RequestRecord): string | undefined {
  if (r.statusLine === undefined || !r.statusLine.startsWith(`${r.status} `)) return undefined;
  return r.statusLine.slice(4);
}

/** Framing is the engine's business, and a bodiless status has no length. */
function hidden(r: RequestRecord, name: string): boolean {
  if (name.length === 17) return name.toLowerCase() === 'transfer-encoding';
  return name.length === 14 && isBodiless(r.status) && name.toLowerCase() === 'content-length';
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
