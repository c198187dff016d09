import { type IncomingMessage, type Server, ServerResponse, createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';
import type { Generation } from '../generation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { connectionOf } from './handle-request.ts';
import { awaitsContinue } from './http-exchange.ts';

/** What a server needs of its application. */
export interface ServedApplication {
  /** The configuration in force; undefined while it is being read. */
  readonly loaded: Generation | undefined;
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
}

/** How often Node looks for heads that are late. */
const CHECKING_INTERVAL = 500;
/** A head may have this many fields of full size; Apache has no limit on the sum. */
const FULL_SIZE_FIELDS = 8;

/**
 * Node's HTTP server with an application's limits and time-outs. Errors of clients are answered behind the answers that
 * are due before, and logged; they never end the process.
 */
export function createHttpServer(application: ServedApplication): Server {
  const { listener } = application;
  const server = createServer({
    connectionsCheckingInterval: CHECKING_INTERVAL,
    insecureHTTPParser: false,
    // The engine itself refuses such requests, with the error page and log line of every other one.
    requireHostHeader: false,
    // The body's time is measured where it is read.
    requestTimeout: 0,
  });
  server.on('request', listener);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    awaitsContinue.add(request);
    listener(request, response);
  });
  server.on('checkExpectation', listener);
  server.on('connect', (request: IncomingMessage, socket: Socket) => answerConnect(request, socket, listener));
  server.on('clientError', (error: Refusal, socket: Socket) =>
    refuse(error, socket, application.loaded?.hosts.main.log),
  );
  server.on('timeout', cutIdle);
  return server;
}

/** Sets what the config says; connections that are open keep what they have. */
export function limitServer(server: Server, config: Config): void {
  // Node reads it at every new connection, but its types know it as an option only.
  (server as Server & { maxHeaderSize: number }).maxHeaderSize =
    config.limitRequestLine + FULL_SIZE_FIELDS * config.limitRequestFieldSize;
  // The engine counts the fields: Node would drop those above its limit in silence.
  server.maxHeadersCount = 0;
  server.headersTimeout = config.requestReadTimeout.header.initial * 1_000;
  server.keepAliveTimeout = config.keepAliveTimeout * 1_000;
  server.timeout = config.timeout * 1_000;
}

/** Nothing has moved for a while: a kept connection has waited long enough, or a client doesn't read. A handler at work may go on. */
function cutIdle(socket: Socket): void {
  if (connectionOf(socket).active === 0 || socket.writableLength > 0) socket.destroy();
}

/** CONNECT travels like any request, although Node has given up the connection by now. */
function answerConnect(request: IncomingMessage, socket: Socket, listener: ServedApplication['listener']): void {
  const response = new ServerResponse(request);
  const connection = connectionOf(socket);
  const answer = (): void => {
    response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.destroySoon());
    listener(request, response);
  };
  socket.on('error', () => socket.destroy());
  if (connection.active === 0) answer();
  else connection.whenIdle = answer;
}
