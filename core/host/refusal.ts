import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorPage } from '../error-page.ts';
import type { Logger } from '../log/logger.ts';
import { connectionOf } from './handle-request.ts';

/** What Node's parser says of bytes that are no request. */
export interface Refusal extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

const statuses = new Map<string | undefined, number>([
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['HPE_HEADER_OVERFLOW', 431],
]);

/** How long a refused client may take to read the answer and close. */
const LINGER_TIME = 2_000;

/**
 * Answers bytes that are no request and closes the connection. Requests that came before them on the same connection get
 * their answers first; where the fault lies in the body of the last one, that request fails and nothing else is sent.
 */
export function refuse(error: Refusal, socket: Socket, log: Logger | undefined): void {
  const connection = connectionOf(socket);
  // Node reports every further packet.
  if (connection.refused) return;
  connection.refused = true;
  const unasked = socket.bytesRead === 0 || error.code === 'ECONNRESET';
  if (!socket.writable || unasked) return void socket.destroy();
  const status = statusOf(error);
  log?.log(status === 408 ? 'info' : 'error', `[client ${connection.clientIp}] bad request: ${error.message}`, 'core');
  const inBody = connection.failBody(status, error.message);
  const conclude = (): void => {
    if (!socket.writable) return;
    if (inBody) socket.destroySoon();
    else answerAndClose(socket, status);
  };
  if (connection.active === 0) conclude();
  else connection.whenIdle = conclude;
}

/** Sends an error page, and closes when the client has, or after a while; `hint` is further HTML. */
export function answerAndClose(socket: Socket, status: number, hint?: string): void {
  socket.setTimeout(LINGER_TIME, () => socket.destroy());
  socket.once('end', () => socket.destroy());
  socket.end(bareResponse(status, hint));
}

function statusOf({ code, rawPacket, bytesParsed = 0 }: Refusal): number {
  if (code !== 'HPE_INVALID_METHOD' || rawPacket === undefined) return statuses.get(code) ?? 400;
  const start = rawPacket.lastIndexOf('\n', Math.max(0, bytesParsed - 1)) + 1;
  const line = rawPacket.toString('latin1', start, start + 64);
  // A request line but for its method, which nobody knows.
  return /^[\w!#$%&'*+.^`|~-]{1,40} [/*h]/i.test(line) ? 501 : 400;
}

function bareResponse(status: number, hint?: string): string {
  const page = errorPage(status, undefined, undefined, hint);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(page)}`,
    '',
    page,
  ].join('\r\n');
}
