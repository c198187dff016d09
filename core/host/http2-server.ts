import type { IncomingMessage } from 'node:http';
import { type Http2Server, type ServerHttp2Session, createServer } from 'node:http2';
import type { Socket } from 'node:net';
import type { Generation } from '../generation.ts';
import { connectionOf } from './handle-request.ts';
import { largestHead } from './head-fault.ts';
import { awaitsContinue } from './http-exchange.ts';
import type { ServedApplication } from './http-server.ts';
import { limitSession } from './http2-session.ts';

/** The engine counts the fields of a request, as in HTTP/1; beyond this many nghttp2 resets the stream. */
const MOST_FIELDS = 4_096;

/**
 * Speaks HTTP/2 on sockets that somebody else has accepted; TLS, if any, is theirs. Its requests take the same way as those
 * of HTTP/1.
 */
export class Http2Host {
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #application: ServedApplication;

  constructor(application: ServedApplication) {
    this.#application = application;
    const listen = application.listener as (request: unknown, response: unknown) => void;
    this.#server = createServer({ maxHeaderListPairs: MOST_FIELDS });
    this.#server.on('request', listen);
    this.#server.on('checkContinue', (request, response) => {
      awaitsContinue.add(request as unknown as IncomingMessage);
      listen(request, response);
    });
    this.#server.on('checkExpectation', listen);
  }

  /** Takes a socket on which HTTP/2 was agreed upon, or whose first bytes are its preface. */
  serve(socket: Socket): void {
    this.#server.once('session', (session: ServerHttp2Session) => this.#begin(session, socket));
    this.#server.emit('connection', socket);
  }

  /** Does what the config says; sessions that are open keep what they have. */
  obey({ hosts }: Generation): void {
    const { config } = hosts.main;
    this.#server.updateSettings({
      maxConcurrentStreams: config.h2MaxSessionStreams,
      maxHeaderListSize: largestHead(config),
    });
  }

  /** No new streams: clients are told, and sessions end with the streams that are open. */
  close(): void {
    for (const session of this.#sessions) if (!session.closed) session.close();
  }

  /** Ends everything at once. */
  cut(): void {
    for (const session of this.#sessions) session.destroy();
  }

  #begin(session: ServerHttp2Session, socket: Socket): void {
    const { main } = this.#application.loaded!.hosts;
    // Of a session that is over nobody knows the client any more.
    const { clientIp: client } = connectionOf(socket);
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    session.on('error', (error: Error) => main.log.log('info', `[client ${client}] HTTP/2: ${error.message}`, 'core'));
    limitSession(session, socket, main.config);
  }
}
