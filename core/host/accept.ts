import type { Socket } from 'node:net';
import type { Generation } from '../generation.ts';
import { plainAddress } from '../plain-address.ts';
import type { ServerRecord } from '../server-record.ts';
import { BoundedLog } from './bounded-log.ts';
import type { ServedApplication } from './http-server.ts';

/** Whether the config puts anything between a new socket and HTTP. */
export function hasAcceptSteps({ hosts }: Generation): boolean {
  const { maxConnections, maxConnectionsPerAddress, limitConnectionBytes } = hosts.main.config;
  return maxConnections > 0 || maxConnectionsPerAddress > 0 || limitConnectionBytes > 0;
}

/** Leads new sockets through what the config puts before HTTP. */
export class Acceptor {
  readonly #application: ServedApplication;
  readonly #serveHttp: (socket: Socket) => void;
  /** HTTP hasn't got them yet. */
  readonly #waiting = new Set<Socket>();
  readonly #open = new Set<Socket>();
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
    this.#serveHttp(socket);
  }

  /** Closes the connections on which nothing has been asked for yet. */
  closeWaiting(): void {
    for (const socket of this.#waiting) socket.destroy();
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #refuse(socket: Socket, server: ServerRecord, directive: string): void {
    const client = plainAddress(socket.remoteAddress ?? '');
    socket.destroy();
    this.#refusals.log(server.log, 'warn', `[client ${client}] connection refused: ${directive} is reached`);
  }
}
