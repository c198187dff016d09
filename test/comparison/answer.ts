import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { normaliseListing } from './listing-head.ts';
import type { RawAnswer } from './raw-exchange.ts';

/** What of a response is compared, and stored. */
export interface Answer {
  /** 0 where the server closed the connection without one. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What is not the same in two runs. */
export interface Circumstances {
  /** The name that the request gave the server. */
  readonly host: string;
  readonly root: string;
  readonly port: number;
  readonly random: readonly RegExp[];
}

/** Headers that are never compared. */
const ignored = new Set([
  // Differ from second to second.
  'date',
  // Name the product.
  'server',
  // Belong to the connection, and to how much of the request was read.
  'connection',
  'keep-alive',
  // The framing; a Content-Length that tells the body's length goes with it.
  'transfer-encoding',
]);

/** Lists in which blanks behind commas mean nothing (RFC 9110 §5.6.1), and that a server makes itself. */
const lists = new Set(['vary', 'content-language']);

/** Bodies that are longer are stored as their hash. */
const longest = 2_000;
/** Stands for the page that a server makes itself for a status. Its words, type and length aren't compared. */
const builtInPage = '(built-in page)';

/** Takes out of a response what is not compared. */
export function comparable(raw: RawAnswer, hasBody: boolean, circumstances: Circumstances): Answer {
  const coding = raw.headers.find(([name]) => name === 'content-encoding')?.[1];
  const text = toText(decode(raw.body, coding));
  const isBuiltIn = isBuiltInPage(raw, text, hasBody);
  const boundary = boundaryOf(raw);
  const normalise = (value: string): string => {
    let same = value.replaceAll(circumstances.root, '@ROOT@').replaceAll(`:${circumstances.port}`, ':@PORT@');
    if (boundary !== undefined) same = normaliseParts(same, boundary);
    for (const random of circumstances.random) same = same.replace(new RegExp(random, 'g'), '@RANDOM@');
    return same;
  };
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of raw.headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (ignored.has(name) || (isBuiltIn && (name === 'content-type' || name === 'content-length'))) continue;
    // Two compressors needn't come to the same length.
    if (name === 'content-length' && (coding !== undefined || Number(value) === raw.body.length)) continue;
    const earlier = headers[name];
    const said = normalise(meaningOf(name, value, circumstances.host));
    headers[name] = earlier === undefined ? said : [...[earlier].flat(), said];
  }
  return { status: raw.status, headers, body: isBuiltIn ? builtInPage : shorten(normaliseListing(normalise(text))) };
}

/** Apache's begins with one of two DOCTYPEs and the status, Sluice's with its own head; HEAD shows only the type. */
function isBuiltInPage({ status, headers }: RawAnswer, text: string, hasBody: boolean): boolean {
  if (status < 300 || status === 304) return false;
  if (!hasBody) return headers.some(([name, value]) => name === 'content-type' && value.startsWith('text/html'));
  // The reason behind it is not always the same.
  const title = `<title>${status} `;
  return /^<!DOCTYPE html( PUBLIC [^>]*)?>\s*<html/i.test(text) && text.includes(title);
}

/** What a client reads in a header where there is more than one way to say it. */
function meaningOf(name: string, value: string, host: string): string {
  if (name === 'location') return targetOf(value, host);
  // A set: Apache's order changes from start to start.
  if (lists.has(name)) return value.replace(/ *, */g, ', ');
  return name === 'allow' ? value.split(/, ?/).toSorted().join(', ') : value;
}

/** Clients read a relative reference, and escapes in either case, as the same URL (RFC 9110 §10.2.2, RFC 3986 §6.2.2.1). */
function targetOf(location: string, host: string): string {
  const origin = `http://${host}`;
  const local = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
  return local.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}

/** Of a multipart answer; random in both servers. */
function boundaryOf({ headers }: RawAnswer): string | undefined {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  return /^multipart\/byteranges; ?boundary="?(?<boundary>[^";]+)/.exec(type)?.groups?.['boundary'];
}

/** The names of the parts' headers have no letter case either. */
function normaliseParts(text: string, boundary: string): string {
  return text.replaceAll(boundary, '@BOUNDARY@').replace(/^content-(?:type|range):/gim, (name) => name.toLowerCase());
}

/** A compressed body counts as what a client makes of it; what can't be decoded stays as it came. */
function decode(body: Buffer, coding: string | undefined): Buffer {
  const decoder = coding === undefined ? undefined : decoders.get(coding);
  if (decoder === undefined || body.length === 0) return body;
  try {
    return decoder(body);
  } catch {
    return body;
  }
}

const decoders = new Map([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
]);

/** Bytes that are no UTF-8 become Latin-1, behind a mark. */
function toText(body: Buffer): string {
  const text = body.toString();
  return Buffer.from(text).equals(body) ? text : `(bytes) ${body.toString('latin1')}`;
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const hash = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, 200)}… (${text.length} characters, sha256 ${hash})`;
}
