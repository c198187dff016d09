import type { Socket } from 'node:net';
import { runConnectionPhase } from '../connection/connection-phase.ts';
import { hasConnectionPhase } from '../connection/connection-plan.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import type { ListenAddress } from '../directives/server-directives.ts';
import type { Generation } from '../generation.ts';
import { plainAddress } from '../plain-address.ts';
import type { ServerRecord } from '../server-record.ts';
import { isThenable } from '../thenable.ts';
import { codeOf, messageOf } from '../thrown.ts';
import { speaksTls } from '../tls/speaks-tls.ts';
import { BoundedLog } from './bounded-log.ts';
import type { ConnectionLimit } from './connection-limits.ts';
import { connectionOf, keepConnection } from './handle-request.ts';
import type { ServedApplication } from './http-server.ts';
import { type ProxiedClient, expectsProxyHeader, readProxiedClient } from './proxied-client.ts';
import { secureSocket } from './secure-socket.ts';

type Protocol = ListenAddress['protocol'];

/** Whether the config puts anything between a new socket and HTTP. */
export function hasAcceptSteps({ hosts }: Generation, protocol: Protocol): boolean {
  const { maxConnections, maxConnectionsPerAddress, limitConnectionBytes } = hosts.main.config;
  if (maxConnections > 0 || maxConnectionsPerAddress > 0 || limitConnectionBytes > 0) return true;
  return hosts.all.some(
    (server) =>
      speaksTls(server.config, protocol) || server.config.remoteIPProxyProtocol !== 'Off' || hasConnectionPhase(server),
  );
}

/** Leads new sockets through what the config puts before HTTP: limits, the PROXY protocol, TLS, connection handlers. */
export class Acceptor {
  readonly #application: ServedApplication;
  readonly #serveHttp: (socket: Socket) => void;
  /** Nobody has got them yet. */
  readonly #waiting = new Set<Socket>();
  readonly #open = new Set<Socket>();
  /** Connection handlers have them. */
  readonly #handled = new Set<ConnectionRecord>();
  readonly #refusals = new BoundedLog();

  constructor(application: ServedApplication, serveHttp: (socket: Socket) => void) {
    this.#application = application;
    this.#serveHttp = serveHttp;
  }

  accept(socket: Socket, protocol: Protocol): void {
    const { hosts } = this.#application.loaded!;
    const peerIp = plainAddress(socket.remoteAddress ?? '');
    const server = hosts.choose(plainAddress(socket.localAddress ?? ''), socket.localPort ?? 0, undefined);
    socket.on('error', () => socket.destroy());
    const close = (limit: ConnectionLimit, clientIp = peerIp): void => this.#close(socket, server, clientIp, limit);
    if (!this.#application.limits.admit(socket, hosts.main.config, close)) return;
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    const hasTls = speaksTls(server.config, protocol);
    const isProxied = expectsProxyHeader(peerIp, server.config);
    if (hasTls || isProxied) void this.#prepare(socket, server, { hasTls, isProxied, peerIp });
    else if (this.#hasRoomFor(socket, peerIp)) this.#handOver(socket, server);
  }

  /** Closes the connections on which nothing has been asked for yet; handlers get the end of their input. */
  closeWaiting(): void {
    for (const socket of this.#waiting) socket.destroy();
    for (const connection of this.#handled) connection.conclude();
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** What stands before HTTP on the wire; the client has a limited time for all of it. */
  async #prepare(socket: Socket, addressed: ServerRecord, { hasTls, isProxied, peerIp }: Preparation): Promise<void> {
    const { hosts } = this.#application.loaded!;
    const { requestReadTimeout, timeout } = addressed.config;
    const seconds = requestReadTimeout.handshake.initial || timeout;
    const deadline = seconds > 0 ? setTimeout(() => socket.destroy(), seconds * 1_000) : undefined;
    this.#waiting.add(socket);
    try {
      const client = isProxied ? await readProxiedClient(socket, addressed.config) : undefined;
      if (!this.#hasRoomFor(socket, client?.ip ?? peerIp)) return;
      const secured = hasTls ? await secureSocket(socket, addressed, hosts) : { socket, server: addressed };
      this.#application.limits.secured(socket, secured.socket);
      this.#handOver(secured.socket, secured.server, client);
    } catch (error) {
      this.#giveUp(socket, addressed, peerIp, error);
    } finally {
      clearTimeout(deadline);
      this.#waiting.delete(socket);
    }
  }

  #handOver(socket: Socket, server: ServerRecord, client?: ProxiedClient): void {
    const connection = connectionOf(socket);
    connection.server = server;
    if (client !== undefined) {
      connection.clientIp = client.ip;
      connection.clientPort = client.port;
    }
    if (hasConnectionPhase(server)) void this.#askHandlers(connection, server);
    else this.#serveHttp(socket);
  }

  async #askHandlers(connection: ConnectionRecord, server: ServerRecord): Promise<void> {
    const generation = this.#application.loaded!;
    this.#handled.add(connection);
    generation.enter();
    const phase = runConnectionPhase(connection, server);
    const isKept = isThenable(phase) ? await phase : phase;
    generation.leave();
    this.#handled.delete(connection);
    if (isKept || connection.socket.destroyed) return;
    keepConnection(connection);
    this.#serveHttp(connection.socket);
  }

  #hasRoomFor(socket: Socket, clientIp: string): boolean {
    const { limits, loaded } = this.#application;
    return limits.admitAddress(socket, clientIp, loaded!.hosts.main.config);
  }

  #close(socket: Socket, server: ServerRecord, clientIp: string, limit: ConnectionLimit): void {
    socket.destroy();
    this.#refusals.log(server.log, 'warn', `[client ${clientIp}] connection closed: ${limit} is reached`);
  }

  /** Somebody who only looks whether the port is open isn't worth a line. */
  #giveUp(socket: Socket, server: ServerRecord, clientIp: string, error: unknown): void {
    // Where an answer is on its way, it closes by itself.
    if (socket.writable) socket.destroy();
    if (codeOf(error) === 'ERR_SLUICE_SOCKET_GONE') return;
    const level = codeOf(error) === 'ERR_SLUICE_PROXY_PROTOCOL' ? 'error' : 'info';
    server.log.log(level, `[client ${clientIp}] ${messageOf(error)}`, 'core');
  }
}

/** What comes before HTTP on a connection. */
interface Preparation {
  readonly hasTls: boolean;
  readonly isProxied: boolean;
  readonly peerIp: string;
}
