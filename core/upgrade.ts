import { type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { isConnectionAborted } from './connection/connection-aborted.ts';
import { ConnectionChannel } from './connection/connection-channel.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { RequestRecord } from './request-record.ts';
import { composeHead } from './response-head.ts';
import type { FlatHeaders } from './response-sink.ts';
import { OK, httpError } from './verdict.ts';

/** A connection that a handler has taken over, with nothing sent yet. */
export interface TakenConnection {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  /** Bytes that came in behind the head of the request. */
  readonly head: Buffer;
  /** Fields that belong to the head of the 101: name, value, name, value, … */
  readonly headers: string[];
}

/** A request that asks for another protocol (RFC 9110 §7.8), on a connection that HTTP has let go. */
export interface UpgradeOffer extends Omit<TakenConnection, 'headers'> {
  /** A handler has the connection from now on; `conclude` asks it to come to an end. */
  take(conclude: () => void): void;
}

/**
 * Whether the client asks for `protocol` on this connection; never in HTTP/2, which has no such thing (RFC 9113 §8.6).
 *
 * @example
 * if (!wantsUpgrade(r, 'echo')) return DECLINED;
 */
export function wantsUpgrade(r: RequestRecord, protocol: string): boolean {
  if (r.exchange.upgrade === undefined) return false;
  const offered = r.headersIn.get('Upgrade')?.split(',') ?? [];
  return offered.some((name) => name.trim().toLowerCase() === protocol.toLowerCase());
}

/**
 * Answers 101 and speaks another protocol on the connection from then on: `serve` reads and writes it, and its end is the
 * end of the connection. The request is logged then, and its cleanups run.
 *
 * @throws a 426 where the client doesn't ask for `protocol`.
 * @example
 * export const contentHandler: ContentHandler = (r) =>
 *   upgrade(r, 'echo', async (connection) => {
 *     for await (const line of connection.lines()) await connection.write(line);
 *   });
 */
export async function upgrade(
  r: RequestRecord,
  protocol: string,
  serve: (connection: ConnectionRecord) => unknown,
): Promise<typeof OK> {
  const { connection } = r;
  const { socket, head, headers } = takeOver(r, protocol, () => connection.conclude());
  socket.write(headText(['Connection', 'Upgrade', 'Upgrade', protocol, ...headers]), 'latin1');
  if (head.length > 0) socket.unshift(head);
  connection.server = r.server;
  const channel = new ConnectionChannel(connection);
  connection.open(channel);
  channel.timeout = r.config.timeout;
  try {
    await serve(connection);
    await channel.end();
  } catch (error) {
    socket.destroy();
    if (!isConnectionAborted(error)) throw error;
    r.log(error.message, 'info');
  }
  return OK;
}

/**
 * Takes the connection over for a library that sends the 101 itself: the response is over for HTTP, and the request is logged
 * when the socket closes. `conclude` is called when the server stops; sockets that are still open then are cut later.
 *
 * @throws a 426 where the client doesn't ask for `protocol`.
 * @example
 * const { request, socket, head } = takeOver(r, 'websocket', () => server.close());
 * server.handleUpgrade(request, socket, head, greet);
 */
export function takeOver(r: RequestRecord, protocol: string, conclude: () => void): TakenConnection {
  const offer = r.exchange.upgrade;
  if (offer === undefined || !wantsUpgrade(r, protocol)) {
    r.errHeadersOut.set('Upgrade', protocol);
    // Node keeps a connection whose Connection field doesn't say otherwise, even for a client that wants it closed.
    r.errHeadersOut.set('Connection', 'Upgrade, close');
    throw httpError(426, `the client doesn't ask for an upgrade to ${protocol}`);
  }
  r.status = 101;
  const headers = checked(composeHead(r, undefined));
  const { writer } = r.exchange;
  writer.committed = writer.ended = true;
  r.seal();
  offer.take(conclude);
  const { request, socket, head } = offer;
  return { request, socket, head, headers };
}

/** Throws for what HTTP doesn't allow; Node isn't asked to send them. */
function checked(headers: FlatHeaders): FlatHeaders {
  for (let at = 0; at < headers.length; at += 2) {
    validateHeaderName(headers[at]!);
    validateHeaderValue(headers[at]!, headers[at + 1]!);
  }
  return headers;
}

function headText(headers: FlatHeaders): string {
  let text = 'HTTP/1.1 101 Switching Protocols\r\n';
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return `${text}\r\n`;
}
