import type { Socket } from 'node:net';
import { State } from './state-key.ts';
import { Table } from './table.ts';

let connections = 0;

/** One client connection; lives as long as its socket. */
export class ConnectionRecord {
  /** Unique in this process. */
  readonly id = ++connections;
  readonly socket: Socket;
  readonly secure: boolean;
  readonly clientIp: string;
  readonly clientPort: number;
  readonly localIp: string;
  readonly localPort: number;
  /** Requests already answered on it. */
  keepalives = 0;
  /** Requests that are being answered. */
  active = 0;
  #notes: Table | undefined;
  #state: State | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    this.secure = 'encrypted' in socket;
    // The addresses are gone once the client is; logs want them still.
    this.clientIp = plainAddress(socket.remoteAddress ?? '');
    this.clientPort = socket.remotePort ?? 0;
    this.localIp = plainAddress(socket.localAddress ?? '');
    this.localPort = socket.localPort ?? 0;
  }

  /** True when the client is gone. */
  get aborted(): boolean {
    return this.socket.destroyed;
  }

  get notes(): Table {
    return (this.#notes ??= new Table());
  }

  get state(): State {
    return (this.#state ??= new State());
  }
}

/** An IPv4 client of a dual-stack socket is shown by its IPv4 address, as in Apache. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
