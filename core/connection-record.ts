import type { Socket } from 'node:net';
import { State } from './state-key.ts';
import { Table } from './table.ts';

let connections = 0;

/** A request whose body may turn out to be broken. */
interface FailableBody {
  failBody(status: number, message: string): boolean;
}

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
  /** Requests that have come in. */
  requests = 0;
  /** Bytes came in that are no request; nothing that follows is looked at. */
  refused = false;
  /** Called once, when the last request that is being answered has its answer. */
  whenIdle: (() => void) | undefined = undefined;
  #latest: FailableBody | undefined = undefined;
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

  /** A request has come in. */
  begin(request: FailableBody): void {
    this.active++;
    this.requests++;
    this.#latest = request;
  }

  /** A request has its answer. */
  end(): void {
    this.active--;
    this.keepalives++;
    if (this.active > 0 || this.whenIdle === undefined) return;
    const { whenIdle } = this;
    this.whenIdle = undefined;
    whenIdle();
  }

  /** The parser gave up; true where that was in the body of a request, which has been told. */
  failBody(status: number, message: string): boolean {
    return this.#latest?.failBody(status, message) ?? false;
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
