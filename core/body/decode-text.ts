import { httpError } from '../verdict.ts';
import { parseContentType } from './content-type.ts';

/** Bytes to text; bad input becomes U+FFFD, a byte order mark is dropped. */
export type DecodeText = (bytes: Buffer) => string;

/** The decoder for the charset that a Content-Type names, UTF-8 without one. Throws a 415 for an unknown charset. */
export function textDecoder(contentType: string | undefined): DecodeText {
  const charset = contentType === undefined ? undefined : parseContentType(contentType)?.parameters.get('charset');
  if (charset === undefined || /^utf-?8$/i.test(charset)) return decodeUtf8;
  try {
    const decoder = new TextDecoder(charset);
    return (bytes) => decoder.decode(bytes);
  } catch {
    throw httpError(415, `expected a body in a known charset, but its Content-Type says "${charset}"`);
  }
}

/** What JSON is in, whatever its Content-Type says. */
export function decodeUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
