import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ConnectionChannel } from './connection/connection-channel.ts';
import type { ConnectionFilter, NamedFilter } from './filter/filter.ts';
import type { Direction } from './filter/filter-link.ts';
import { findFilter } from './filter/named-filter.ts';
import type { LogLevel } from './log/log-level.ts';
import { plainAddress } from './plain-address.ts';
import type { ServerRecord } from './server-record.ts';
import { State } from './state-key.ts';
import { Table } from './table.ts';
import { TooLateError } from './too-late-error.ts';

let connections = 0;

/** A request whose body may turn out to be broken. */
interface FailableBody {
  /** All of it has come in. */
  readonly complete: boolean;
  failBody(status: number, message: string): boolean;
}

/**
 * One client connection; lives as long as its socket. Connection handlers read and write it; where HTTP has it, those
 * members throw.
 *
 * @example
 * export async function connectionHandler(connection: ConnectionRecord) {
 *   for await (const line of connection.lines()) await connection.write(line);
 *   return OK;
 * }
 */
export class ConnectionRecord implements AsyncIterable<Buffer> {
  /** Unique in this process. */
  readonly id = ++connections;
  /** What HTTP gets where no handler keeps the connection: Node's socket, or one in front of it where there are filters. */
  socket: Socket;
  /** Whether it speaks TLS. */
  readonly secure: boolean;
  /** The socket that does; a record made without a connection has none. */
  readonly tls: TLSSocket | undefined;
  /** The address of the other end: the client's, or that of a proxy which says by the PROXY protocol who its client is. */
  readonly peerIp: string;
  /** The address of the client, or what the PROXY protocol says of it. */
  clientIp: string;
  /** The port of the client. */
  clientPort: number;
  /** The address that the client has connected to. */
  readonly localIp: string;
  /** The port that the client has connected to. */
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
  #channel: ConnectionChannel | undefined;
  #cleanups: (() => unknown)[] | undefined;
  /** The server that its address chose, before any request named a host. */
  declare server: ServerRecord;

  constructor(socket: Socket) {
    this.socket = socket;
    this.secure = 'encrypted' in socket;
    this.tls = 'getCipher' in socket ? (socket as TLSSocket) : undefined;
    // The addresses are gone once the client is; logs want them still.
    this.peerIp = plainAddress(socket.remoteAddress ?? '');
    this.clientIp = this.peerIp;
    this.clientPort = socket.remotePort ?? 0;
    this.localIp = plainAddress(socket.localAddress ?? '');
    this.localPort = socket.localPort ?? 0;
  }

  /** A request has come in. */
  beginRequest(request: FailableBody): void {
    this.active++;
    this.requests++;
    this.#latest = request;
  }

  /** A request has its answer. */
  endRequest(): void {
    this.active--;
    this.keepalives++;
    // What waits for the next request holds on to nothing of the last one.
    if (this.#latest?.complete === true) this.#latest = undefined;
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

  /** Text for other handlers of the connection. */
  get notes(): Table {
    return (this.#notes ??= new Table());
  }

  /** Typed data of plugins, by their key objects. */
  get state(): State {
    return (this.#state ??= new State());
  }

  /** Puts the connection into the hands of connection handlers. */
  open(channel: ConnectionChannel): void {
    this.#channel = channel;
  }

  /** No connection handler has it any more. */
  release(): void {
    this.#channel = undefined;
  }

  /**
   * At most `count` bytes as soon as there are any, or all that are there; empty at the end of the input.
   *
   * @throws {ConnectionAborted} when the client is gone, or silent for longer than `timeout`.
   */
  read(count?: number): Promise<Buffer> {
    return this.#held.reader.read(count);
  }

  /**
   * Up to and including the next line feed, at most `limit` bytes (8190 by default), whose rest the next call gives; empty at
   * the end of the input.
   *
   * @throws {ConnectionAborted} when the client is gone, or silent for longer than `timeout`.
   */
  readLine(limit?: number): Promise<Buffer> {
    return this.#held.reader.readLine(limit);
  }

  /** The lines, each with its line feed; longer ones come in pieces of `limit` bytes, and the last one may lack it. */
  async *lines(limit?: number): AsyncGenerator<Buffer, void> {
    for (let line = await this.readLine(limit); line.length > 0; line = await this.readLine(limit)) yield line;
  }

  /**
   * The next `count` bytes, fewer only at the end of the input, without taking them away; at most 65536.
   *
   * @throws {ConnectionAborted} when the client is gone, or silent for longer than `timeout`.
   */
  peek(count: number): Promise<Buffer> {
    return this.#held.reader.peek(count);
  }

  /** The bytes in the pieces in which they come; the loop can be left, and reading goes on after it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    for (let piece = await this.read(); piece.length > 0; piece = await this.read()) yield piece;
  }

  /**
   * Sends bytes or text; those of one turn of the event loop leave together. A promise is back-pressure: it resolves when the
   * client has read enough.
   *
   * @throws {ConnectionAborted} when the client is gone, or doesn't read for longer than `timeout`.
   */
  write(chunk: string | Uint8Array): void | Promise<void> {
    return this.#held.write(chunk);
  }

  /** Lets leave at once what was written. */
  flush(): void | Promise<void> {
    return this.#held.flush();
  }

  /** Says that nothing more will be written; the client may still send. The end of the handler means the same. */
  end(): Promise<void> {
    return this.#held.endOutput();
  }

  /** Aborts when the client is gone, or the connection is cut. */
  get signal(): AbortSignal {
    return this.#held.signal;
  }

  /** Seconds without a byte after which a read or write that waits is given up: those of Timeout at first; 0 is no limit. */
  get timeout(): number {
    return this.#held.timeout;
  }

  set timeout(seconds: number) {
    this.#held.timeout = seconds;
  }

  /** Puts a filter, or one that the config or a plugin names, between the client and whoever reads; before anybody has. */
  addInputFilter(filter: string | ConnectionFilter): void {
    this.#held.addInputFilter(this.#findFilter(filter, 'input'));
  }

  /** Puts a filter, or one that the config or a plugin names, between whoever writes and the client; before anybody has. */
  addOutputFilter(filter: string | ConnectionFilter): void {
    this.#held.addOutputFilter(this.#findFilter(filter, 'output'));
  }

  /** Writes to the error log, with the client's address; `module` is the speaker for LogLevel. */
  log(message: string, level: LogLevel = 'error', module = 'core'): void {
    this.server.log.log(level, `[client ${this.clientIp}:${this.clientPort}] ${message}`, module);
  }

  /** The server is stopping: a handler that reads gets the end of the input once everything that is there has been read. */
  conclude(): void {
    this.#channel?.conclude();
  }

  /** Calls `cleanup` when the connection is over; the last one registered comes first. */
  registerCleanup(cleanup: () => unknown): void {
    if (this.#cleanups === undefined) {
      this.#cleanups = [];
      this.socket.once('close', () => this.#cleanUp());
    }
    this.#cleanups.push(cleanup);
  }

  #cleanUp(): void {
    for (let cleanup = this.#cleanups?.pop(); cleanup !== undefined; cleanup = this.#cleanups?.pop()) {
      try {
        cleanup();
      } catch (error) {
        this.log(`a cleanup of the connection: ${String(error)}`);
      }
    }
  }

  #findFilter(filter: string | ConnectionFilter, direction: Direction): NamedFilter {
    const { server } = this;
    const found = findFilter(filter, direction, { server, config: server.config });
    if (found !== undefined) return found;
    throw new Error(`there is no ${direction} filter ${filter as string}: neither the config nor a plugin declares it`);
  }

  get #held(): ConnectionChannel {
    if (this.#channel === undefined)
      throw new TooLateError(
        'the connection is over, or belongs to HTTP: only a connection handler at work reads and writes it',
      );
    return this.#channel;
  }
}
