import type { Socket } from 'node:net';
import { nextTick } from 'node:process';
import type { BodySource } from '../body/body-source.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import { EOS, FLUSH } from '../filter/bucket.ts';
import { type NamedFilter, filterTypes } from '../filter/filter.ts';
import { describe } from '../phase-walk.ts';
import { isThenable } from '../thenable.ts';
import { TooLateError } from '../too-late-error.ts';
import { ConnectionAborted, isConnectionAborted } from './connection-aborted.ts';
import { ConnectionInputLink, ConnectionOutputLink } from './connection-filter.ts';
import { ConnectionReader } from './connection-reader.ts';
import { toOpenFilter, unfitForConnections } from './open-filter.ts';
import { type OutputBucket, type OutputTarget, SocketSink } from './socket-sink.ts';
import { SocketSource } from './socket-source.ts';

/** How long a client may take to close its side once everything has been said. */
const LINGER_TIME = 2_000;

/** A socket in the hands of connection handlers, with the filters on both ways. */
export class ConnectionChannel {
  readonly #connection: ConnectionRecord;
  readonly #socket: Socket;
  readonly #source: SocketSource;
  readonly #sink: SocketSink;
  readonly #inputFilters: NamedFilter[] = [];
  readonly #outputFilters: NamedFilter[] = [];
  readonly #controller = new AbortController();
  readonly #onError = (error: Error): void => this.#gone(error);
  readonly #onClose = (): void => this.#gone();
  readonly #onTimeout = (): void => this.#timedOut();
  #reader: ConnectionReader | undefined = undefined;
  #output: OutputTarget | undefined = undefined;
  #seconds = 0;
  #written = false;
  #flushDue = false;
  #ended: Promise<void> | undefined = undefined;

  constructor(connection: ConnectionRecord) {
    this.#connection = connection;
    this.#socket = connection.socket;
    this.#source = new SocketSource(this.#socket);
    this.#sink = new SocketSink(this.#socket);
    // A peer that has said all it has to say may still listen.
    this.#socket.allowHalfOpen = true;
    this.#socket.on('error', this.#onError).on('close', this.#onClose).on('timeout', this.#onTimeout);
    this.timeout = connection.server.config.timeout;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Seconds without a byte after which a read or write that waits is given up; 0 is no limit. */
  get timeout(): number {
    return this.#seconds;
  }

  set timeout(seconds: number) {
    this.#seconds = seconds;
    this.#socket.setTimeout(seconds * 1_000);
  }

  /** True where HTTP can't have the socket itself: bytes go through filters, or its end has been seen already. */
  get isWrapped(): boolean {
    return this.#inputFilters.length > 0 || this.#outputFilters.length > 0 || this.#source.ended;
  }

  /** Throws for a filter that doesn't fit, or comes too late. */
  addInputFilter(filter: NamedFilter): void {
    if (this.#reader !== undefined) throw new TooLateError(`${filter.name} came too late: the input is being read`);
    insert(this.#inputFilters, filter);
  }

  /** Throws for a filter that doesn't fit, or comes too late. */
  addOutputFilter(filter: NamedFilter): void {
    if (this.#output !== undefined) throw new TooLateError(`${filter.name} came too late: the output has begun`);
    insert(this.#outputFilters, filter);
  }

  /** Made when first asked for, with the filters that are there by then. */
  get reader(): ConnectionReader {
    return (this.#reader ??= new ConnectionReader(this.#openInput()));
  }

  /** What is written leaves at the end of the turn, through all filters. */
  write(chunk: string | Uint8Array): void | Promise<void> {
    if (this.#ended !== undefined) throw new TooLateError('write came too late: the output has been ended');
    this.#written = true;
    this.#reader?.forget();
    if (!this.#flushDue && this.#outputFilters.length > 0) {
      this.#flushDue = true;
      nextTick(() => void this.#flushQuietly());
    }
    return this.send(chunk);
  }

  flush(): void | Promise<void> {
    this.#flushDue = false;
    return this.send(FLUSH);
  }

  send(bucket: OutputBucket): void | Promise<void> {
    return (this.#output ??= this.#openOutput()).take(bucket);
  }

  /** Makes as if nobody had read anything; false where that is too late. */
  rewind(): boolean {
    return !this.#written && (this.#reader?.rewind() ?? true);
  }

  /** Nothing more is written; resolves when the last byte is on its way. */
  endOutput(): Promise<void> {
    this.#written = true;
    return (this.#ended ??= Promise.resolve(this.send(EOS)));
  }

  /** Everything leaves, and the client has some time to close its side. */
  async end(): Promise<void> {
    await this.endOutput();
    this.#source.fail(new ConnectionAborted('the connection is over: its handler has ended'));
    const socket = this.#socket;
    if (socket.destroyed) return;
    this.release();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const linger = setTimeout(() => socket.destroy(), LINGER_TIME);
    // Closing while a client is still sending resets the connection, and takes away what it hasn't read yet.
    socket.on('error', () => socket.destroy()).resume();
    await closed;
    clearTimeout(linger);
  }

  /** The server is stopping: who reads gets the end of the input. */
  conclude(): void {
    this.#source.end();
  }

  /** Leaves the socket to somebody else, with nothing listening to it and what was not read still in it. */
  release(): void {
    this.#source.release();
    this.#socket.off('error', this.#onError).off('close', this.#onClose).off('timeout', this.#onTimeout).setTimeout(0);
    const left = this.#reader?.left;
    if (left !== undefined && left.length > 0 && !this.#source.ended) this.#socket.unshift(left);
  }

  #openInput(): BodySource {
    return this.#inputFilters.reduceRight<BodySource>(
      (next, filter) => new ConnectionInputLink(this.#connection, toOpenFilter(filter), this.#filterFailed, next),
      this.#source,
    );
  }

  #openOutput(): OutputTarget {
    return this.#outputFilters.reduceRight<OutputTarget>(
      (next, filter) => new ConnectionOutputLink(this.#connection, toOpenFilter(filter), this.#filterFailed, next),
      this.#sink,
    );
  }

  readonly #filterFailed = (name: string, error: unknown): Error => {
    if (isConnectionAborted(error)) return error;
    this.#connection.log(`connection filter ${name}: ${describe(error)}`);
    const aborted = new ConnectionAborted(`the filter ${name} failed`, 'ECONNRESET', error);
    this.#fail(aborted);
    this.#socket.destroy();
    return aborted;
  };

  async #flushQuietly(): Promise<void> {
    if (!this.#flushDue) return;
    // Where it fails, the connection is gone, as the next call says.
    try {
      const flushed = this.flush();
      if (isThenable(flushed)) await flushed;
    } catch {}
  }

  #gone(error?: Error): void {
    this.#fail(new ConnectionAborted('the client closed the connection', 'ECONNRESET', error));
  }

  #timedOut(): void {
    // Whoever has the socket by now has a time-out of its own.
    if (this.#seconds === 0) return;
    if (!this.#source.waiting && !this.#sink.waiting) {
      // The handler is at work; the next look is due when it has had as much time again.
      this.timeout = this.#seconds;
      return;
    }
    this.#fail(new ConnectionAborted(`nothing has moved for ${this.#seconds} seconds`, 'ETIMEDOUT'));
    this.#socket.destroy();
  }

  #fail(error: ConnectionAborted): void {
    this.#source.fail(error);
    this.#sink.fail(error);
    this.#controller.abort(error);
  }
}

/** Behind those of its own and earlier types. */
function insert(filters: NamedFilter[], filter: NamedFilter): void {
  const unfit = unfitForConnections(filter);
  if (unfit !== undefined) throw new TypeError(`the filter ${filter.name} ${unfit}`);
  const rank = filterTypes.indexOf(filter.type);
  const at = filters.findIndex(({ type }) => filterTypes.indexOf(type) > rank);
  filters.splice(at === -1 ? filters.length : at, 0, filter);
}
