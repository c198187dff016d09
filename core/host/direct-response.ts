/* oxlint-disable no-underscore-dangle -- Node names them so */
import { STATUS_CODES, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { isBodiless } from '../response-head.ts';
import type { FlatHeaders } from '../response-sink.ts';

/** Head and body above this, in bytes, are not copied to travel in one piece. */
const LARGEST_COPY = 65_536;

/** What Node keeps of a response, on every supported line the same. */
interface Inside {
  _header: string | null;
  _headerSent: boolean;
  _keepAliveTimeout: number;
  /** Of the server, where it limits them: Node then adds more to a head, and closes after the last one. */
  readonly _maxRequestsPerSocket?: number | null;
  finished: boolean;
}

/** A head as it is on the wire, but for the lines that Node adds; and as it was given, in case that it goes Node's way after all. */
export interface DirectHead {
  readonly text: string;
  /** Bytes of the body. */
  readonly contentLength: number;
  readonly status: number;
  readonly reason: string | undefined;
  readonly headers: FlatHeaders;
}

/** Composes a head that may leave together with its body; undefined where it has anything unusual, which is left to Node. */
export function directHead(
  response: ServerResponse,
  status: number,
  reason: string | undefined,
  headers: FlatHeaders,
): DirectHead | undefined {
  if (!isStatus(status) || (reason !== undefined && !isPlainValue(reason))) return undefined;
  let contentLength = isBodiless(status) || response.req.method === 'HEAD' ? 0 : -1;
  let text = reason === undefined ? statusLineOf(status) : `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at]!;
    const value = headers[at + 1]!;
    if (!isPlainName(name) || !isPlainValue(value)) return undefined;
    if (name === 'Content-Length') contentLength = Number(value);
    text += `${name}: ${value}\r\n`;
  }
  if (contentLength < 0) return undefined;
  return { text, contentLength, status, reason, headers };
}

/**
 * Whether this is the next answer on a kept connection, with nothing before it under way and nobody who watches what goes by,
 * and Node's responses are the ones known here.
 */
export function mayAnswerDirectly(response: ServerResponse): boolean {
  const { req, socket } = response;
  return (
    isKnownNode &&
    socket?.writable === true &&
    socket.writableLength === 0 &&
    req.httpVersion === '1.1' &&
    response.shouldKeepAlive &&
    !response.headersSent &&
    !(response as unknown as Inside)._maxRequestsPerSocket &&
    !Object.hasOwn(response, 'end') &&
    !Object.hasOwn(response, 'writeHead')
  );
}

/** Has a response say how long its connection is kept, in milliseconds, where not Node but somebody else sees to that. */
export function announceKeepAlive(response: ServerResponse, milliseconds: number): void {
  (response as unknown as Inside)._keepAliveTimeout = milliseconds;
}

/**
 * Sends head and body in one write to the socket, and tells Node that the response has left: that saves a third of what a
 * short answer costs.
 */
export function answerDirectly(
  response: ServerResponse,
  { status, text, contentLength }: DirectHead,
  body: string | Uint8Array = '',
): void {
  const inside = response as unknown as Inside;
  const socket = response.socket!;
  const head = text + ownHeaders(inside._keepAliveTimeout);
  response.statusCode = status;
  inside._header = head;
  inside._headerSent = true;
  inside.finished = true;
  if (typeof body === 'string') {
    socket.write(head + body, body.length === contentLength ? 'latin1' : 'utf8');
  } else if (head.length + body.length <= LARGEST_COPY) {
    writeJoined(socket, head, body);
  } else {
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  }
  // Mostly the kernel has taken it by now.
  if (socket.writableLength === 0) response.emit('finish');
  else socket.write('', (error) => void (error ?? response.emit('finish')));
}

/** Where head and body are joined, until a socket keeps it. */
let joint: Buffer | undefined;

function writeJoined(socket: Socket, head: string, body: Uint8Array): void {
  const length = head.length + body.length;
  // Only of Node's own sockets it is known that they are done with the bytes once none wait.
  const isShared = socket.constructor === Socket && !Object.hasOwn(socket, 'write');
  const whole = isShared ? (joint ??= Buffer.allocUnsafeSlow(LARGEST_COPY)) : Buffer.allocUnsafe(length);
  whole.write(head, 'latin1');
  whole.set(body, head.length);
  socket.write(whole.subarray(0, length));
  if (isShared && socket.writableLength > 0) joint = undefined;
}

const plainText = /^[\t\x20-\x7e]*$/;
const token = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** What else it may be, Node refuses. */
function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 999;
}

/** Names that Node adds itself, or acts upon. */
const ownNames = new Set(['connection', 'date', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade']);
const MEMORY = 1_000;
/** Longer values are seldom sent twice. */
const SHORT_VALUE = 40;
const plainNames = new Set<string>();
const plainValues = new Set<string>();

function isPlainName(name: string): boolean {
  if (plainNames.has(name)) return true;
  if (!token.test(name) || ownNames.has(name.toLowerCase())) return false;
  if (plainNames.size < MEMORY) plainNames.add(name);
  return true;
}

function isPlainValue(value: string): boolean {
  if (plainValues.has(value)) return true;
  if (!plainText.test(value)) return false;
  if (value.length <= SHORT_VALUE && plainValues.size < MEMORY) plainValues.add(value);
  return true;
}

const statusLines: string[] = [];

function statusLineOf(status: number): string {
  return (statusLines[status] ??= `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n`);
}

let second = 0;
let timeout = -1;
let added = '';

/** What Node adds to a head, made anew each second. */
function ownHeaders(keepAliveTimeout: number): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second || keepAliveTimeout !== timeout) {
    second = now;
    timeout = keepAliveTimeout;
    const keepAlive = timeout === 0 ? '' : `Keep-Alive: timeout=${Math.floor(timeout / 1_000)}\r\n`;
    added = `Date: ${new Date().toUTCString()}\r\nConnection: keep-alive\r\n${keepAlive}\r\n`;
  }
  return added;
}

/** Looked for once, on a response of its own. */
const isKnownNode = ((): boolean => {
  const probe = new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 } as never);
  return ['_header', '_headerSent', '_keepAliveTimeout', 'finished'].every((name) => Object.hasOwn(probe, name));
})();
