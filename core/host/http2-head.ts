import type { IncomingMessage } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { type HeadSummary, summarizeHead } from './request-head.ts';

/** The stream that a request came on; undefined in HTTP/1, where a client can write any version into its request line. */
export function http2StreamOf(request: IncomingMessage): ServerHttp2Stream | undefined {
  return (request as { readonly stream?: ServerHttp2Stream }).stream;
}

/** The connection below a stream: Node hides it behind a proxy, but its methods return it as all emitters do. */
export function socketBelow({ session }: ServerHttp2Stream): Socket {
  const below = session!.socket.off('close', nobody) as Socket & { readonly stream?: Socket };
  // In front of what is no socket of its own, Node puts one.
  return below.stream ?? below;
}

function nobody(): void {}

/**
 * Reads the pseudo-header fields of a request, `:authority` as its Host (RFC 9113 §8.3.1). nghttp2 has refused much already:
 * pseudo-header fields that are missing, unknown, twice or late, and fields that belong to one connection.
 */
export function readHttp2Head(stream: ServerHttp2Stream, request: IncomingMessage): HeadSummary {
  const fields: string[] = [];
  let path: string | undefined;
  let authority: string | undefined;
  let host: string | undefined;
  let method = '';
  const raw = request.rawHeaders;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!;
    const value = raw[at + 1]!;
    if (!name.startsWith(':')) {
      fields.push(name, value);
      if (name === 'host') host = value;
    } else if (name === ':method') method = value;
    else if (name === ':path') path = value;
    else if (name === ':authority') authority = value;
  }
  if (authority !== undefined && host === undefined) fields.unshift('Host', authority);
  // CONNECT has no path; RFC 9113 §8.5.
  const url = path ?? authority ?? '*';
  const summary = summarizeHead({ method, httpVersion: '1.1', rawHeaders: fields, url: path });
  summary.request = { method, url, httpVersion: '2.0', rawHeaders: fields };
  const differs = authority !== undefined && host !== undefined && host.toLowerCase() !== authority.toLowerCase();
  if (differs) summary.fault ??= 400;
  if (path !== undefined && !path.startsWith('/') && path !== '*') summary.fault ??= 400;
  summary.hasBody ||= !stream.endAfterHeaders;
  return summary;
}
