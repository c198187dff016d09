import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';

/** How often the bytes of the connections are added up. */
const BYTES_CHECK = 500;

/** Counts the connections of an application against the limits of its config. */
export class ConnectionLimits {
  /** Each with the socket that knows its bytes. */
  readonly #open = new Map<Socket, Socket>();
  readonly #byAddress = new Map<string, number>();
  #mostBytes = 0;
  #bytesCheck: NodeJS.Timeout | undefined = undefined;

  /** Counts a new connection until it closes; gives the directive that has no room for it, if one hasn't. */
  admit(socket: Socket, { maxConnections, limitConnectionBytes }: Config): string | undefined {
    if (maxConnections > 0 && this.#open.size >= maxConnections) return 'MaxConnections';
    this.#open.set(socket, socket);
    socket.once('close', () => this.#forget(socket));
    this.#mostBytes = limitConnectionBytes;
    if (limitConnectionBytes > 0) this.#watchBytes();
    return undefined;
  }

  /** The same for the client's address, which may become known later. */
  admitAddress(socket: Socket, address: string, { maxConnectionsPerAddress: most }: Config): string | undefined {
    if (most === 0) return undefined;
    const count = this.#byAddress.get(address) ?? 0;
    if (count >= most) return 'MaxConnectionsPerAddress';
    this.#byAddress.set(address, count + 1);
    socket.once('close', () => this.#leave(address));
    return undefined;
  }

  /** TLS writes past the socket that it is on. */
  secured(socket: Socket, tls: Socket): void {
    this.#open.set(socket, tls);
  }

  #forget(socket: Socket): void {
    this.#open.delete(socket);
    if (this.#open.size > 0) return;
    clearInterval(this.#bytesCheck);
    this.#bytesCheck = undefined;
  }

  #leave(address: string): void {
    const count = this.#byAddress.get(address)!;
    if (count > 1) this.#byAddress.set(address, count - 1);
    else this.#byAddress.delete(address);
  }

  /** Node tells nobody of the bytes that its parser takes from a socket, so they are looked up now and then. */
  #watchBytes(): void {
    this.#bytesCheck ??= setInterval(() => {
      const most = this.#mostBytes || Number.POSITIVE_INFINITY;
      for (const [socket, { bytesRead, bytesWritten }] of this.#open) {
        if (bytesRead + bytesWritten > most) socket.destroy();
      }
    }, BYTES_CHECK).unref();
  }
}
