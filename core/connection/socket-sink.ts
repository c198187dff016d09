import { nextTick } from 'node:process';
import type { Duplex } from 'node:stream';
import { EOS, FLUSH } from '../filter/bucket.ts';
import { ConnectionAborted } from './connection-aborted.ts';

/** What moves towards the peer. */
export type OutputBucket = string | Uint8Array | typeof FLUSH | typeof EOS;

/** Takes what goes out: a filter, or the socket behind the last of them. */
export interface OutputTarget {
  /** A promise is back-pressure. */
  take(bucket: OutputBucket): void | Promise<void>;
}

/** The socket at the end of the output filters: what is written within one turn leaves together. */
export class SocketSink implements OutputTarget {
  readonly #socket: Duplex;
  readonly #uncork = (): void => this.#release();
  #corked = false;
  #ending = false;
  #failure: Error | undefined = undefined;
  #drained: Promise<void> | undefined = undefined;
  #settle: ((error?: Error) => void) | undefined = undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Somebody waits for the peer to read. */
  get waiting(): boolean {
    return this.#settle !== undefined || this.#ending;
  }

  take(bucket: OutputBucket): void | Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (bucket === FLUSH) return this.#flush();
    if (bucket === EOS) return this.#end();
    if (!this.#socket.writable) throw new ConnectionAborted('the connection is closed: nothing can be written to it');
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      nextTick(this.#uncork);
    }
    if (!this.#socket.write(bucket)) return this.#untilDrained();
    return this.#drained;
  }

  /** Whoever waits or writes gets `error`. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#settle?.(error);
  }

  #flush(): void | Promise<void> {
    this.#release();
    return this.#drained;
  }

  /** Resolves when the last byte is on its way. */
  #end(): Promise<void> {
    this.#ending = true;
    return new Promise((resolve, reject) => {
      this.#socket.end((error?: Error | null) => {
        this.#ending = false;
        if (error) reject(this.#failure ?? error);
        else resolve();
      });
    });
  }

  #release(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  #untilDrained(): Promise<void> {
    this.#drained ??= new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.#socket.off('drain', settle);
        this.#drained = this.#settle = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
      this.#settle = settle;
      this.#socket.once('drain', settle);
    });
    // Nobody has to wait; what comes next then tells.
    this.#drained.catch(() => undefined);
    return this.#drained;
  }
}
