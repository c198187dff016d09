import type { Socket } from 'node:net';
import { runConnectionPhase } from '../connection/connection-phase.ts';
import { hasConnectionPhase } from '../connection/connection-plan.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import type { Generation } from '../generation.ts';
import { plainAddress } from '../plain-address.ts';
import type { ServerRecord } from '../server-record.ts';
import { isThenable } from '../thenable.ts';
import { BoundedLog } from './bounded-log.ts';
import { connectionOf, keepConnection } from './handle-request.ts';
import type { ServedApplication } from './http-server.ts';

/** Whether the config puts anything between a new socket and HTTP. */
export function hasAcceptSteps({ hosts }: Generation): boolean {
  const { maxConnections, maxConnectionsPerAddress, limitConnectionBytes } = hosts.main.config;
  return (
    maxConnections > 0 || maxConnectionsPerAddress > 0 || limitConnectionBytes > 0 || hosts.all.some(hasConnectionPhase)
  );
}

/** Leads new sockets through what the config puts before HTTP. */
export class Acceptor {
  readonly #application: ServedApplication;
  readonly #serveHttp: (socket: Socket) => void;
  /** HTTP hasn't got them yet. */
  readonly #waiting = new Set<Socket>();
  readonly #open = new Set<Socket>();
  /** Connection handlers have them. */
  readonly #handled = new Set<ConnectionRecord>();
  readonly #refusals = new BoundedLog();

  constructor(application: ServedApplication, serveHttp: (socket: Socket) => void) {
    this.#application = application;
    this.#serveHttp = serveHttp;
  }

  accept(socket: Socket): void {
    const { hosts } = this.#application.loaded!;
    const server = hosts.choose(plainAddress(socket.localAddress ?? ''), socket.localPort ?? 0, undefined);
    const refused = this.#application.limits.admit(socket, hosts.main.config);
    if (refused !== undefined) return this.#refuse(socket, server, refused);
    socket.on('error', () => socket.destroy());
    this.#open.add(socket);
    this.#waiting.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#waiting.delete(socket);
    });
    const full = this.#application.limits.admitAddress(
      socket,
      plainAddress(socket.remoteAddress ?? ''),
      hosts.main.config,
    );
    if (full !== undefined) return this.#refuse(socket, server, full);
    this.#waiting.delete(socket);
    if (hasConnectionPhase(server)) void this.#askHandlers(socket, server);
    else this.#serveHttp(socket);
  }

  /** Closes the connections on which nothing has been asked for yet; handlers get the end of their input. */
  closeWaiting(): void {
    for (const socket of this.#waiting) socket.destroy();
    for (const connection of this.#handled) connection.conclude();
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async #askHandlers(socket: Socket, server: ServerRecord): Promise<void> {
    const generation = this.#application.loaded!;
    const connection = connectionOf(socket);
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

  #refuse(socket: Socket, server: ServerRecord, directive: string): void {
    const client = plainAddress(socket.remoteAddress ?? '');
    socket.destroy();
    this.#refusals.log(server.log, 'warn', `[client ${client}] connection refused: ${directive} is reached`);
  }
}
