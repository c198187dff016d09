import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';

/** How often the bytes of the connections are added up. */
const BYTES_CHECK = 500;

/** The directive that a connection is closed for. */
export type ConnectionLimit = 'MaxConnections' | 'MaxConnectionsPerAddress' | 'LimitConnectionBytes';

/** An open connection. */
interface Counted {
  /** The socket that knows its bytes. */
  carrier: Socket;
  readonly close: (limit: ConnectionLimit, clientIp?: string) => void;
}

/** Counts the connections of an application against the limits of its config. */
export class ConnectionLimits {
  readonly #open = new Map<Socket, Counted>();
  readonly #byAddress = new Map<string, number>();
  #mostBytes = 0;
  #bytesCheck: NodeJS.Timeout | undefined = undefined;

  /** Counts a new connection until it ends; false, and closed by `close`, where there is no room for it. */
  admit(socket: Socket, { maxConnections, limitConnectionBytes }: Config, close: Counted['close']): boolean {
    if (maxConnections > 0 && this.#open.size >= maxConnections) {
      close('MaxConnections');
      return false;
    }
    this.#open.set(socket, { carrier: socket, close });
    socket.once('close', () => this.#forget(socket));
    this.#mostBytes = limitConnectionBytes;
    if (limitConnectionBytes > 0) this.#watchBytes();
    return true;
  }

  /** The same for the client's address, which may become known later. */
  admitAddress(socket: Socket, address: string, { maxConnectionsPerAddress: most }: Config): boolean {
    if (most === 0) return true;
    const count = this.#byAddress.get(address) ?? 0;
    if (count >= most) {
      this.#open.get(socket)?.close('MaxConnectionsPerAddress', address);
      return false;
    }
    this.#byAddress.set(address, count + 1);
    socket.once('close', () => this.#leave(address));
    return true;
  }

  /** TLS writes past the socket that it is on. */
  secured(socket: Socket, tls: Socket): void {
    const counted = this.#open.get(socket);
    if (counted !== undefined) counted.carrier = tls;
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
      for (const { carrier, close } of this.#open.values()) {
        if (carrier.bytesRead + carrier.bytesWritten > most) close('LimitConnectionBytes');
      }
    }, BYTES_CHECK).unref();
  }
}
