import type { Readable } from 'node:stream';
import { codeOf } from '../thrown.ts';
import { BodyAborted } from './body-aborted.ts';

/** Where the bytes of a body come from: the connection, or the end of a chain of input filters. */
export interface BodySource {
  /** The next piece, never an empty one, or null at the end; a promise where it has not arrived yet. One call at a time. */
  pull(): Uint8Array | null | Promise<Uint8Array | null>;
  /** All pieces as they come in, instead of any `pull`. */
  collect?(collector: BodyCollector): void;
}

/** Takes a whole body; nothing more comes after `end` or `fail`, or once `take` has said that it was the last piece. */
export interface BodyCollector {
  /** True where that was the last piece; throws for one too many. */
  take(piece: Uint8Array): boolean;
  /** Throws where it is too early. */
  end(): void;
  fail(error: unknown): void;
}

/** Everything that a body can be read from. */
export type BodyInput = BodySource | Readable | AsyncIterable<Uint8Array>;

/** Gives `input` the form of a source, without touching it. */
export function toBodySource(input: BodyInput): BodySource {
  if ('pull' in input) return input;
  return 'readableDidRead' in input ? new StreamSource(input) : new IterableSource(input);
}

/** A Node stream, read with `read()` and `readable`: nothing is taken that nobody asked for, so back-pressure holds. */
class StreamSource implements BodySource {
  readonly #stream: Readable;
  #listening = false;
  #arrived: ((piece: Uint8Array | null) => void) | undefined = undefined;
  #failed: ((error: unknown) => void) | undefined = undefined;
  /** The host reports a broken body as an error of a stream that stays open: the answer needs the connection. */
  #error: Error | undefined = undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  pull(): Uint8Array | null | Promise<Uint8Array | null> {
    const stream = this.#stream;
    if (!this.#listening) this.#listen();
    const piece: Uint8Array | null = stream.read();
    if (piece !== null || stream.readableEnded) return piece;
    if (this.#error !== undefined) throw causeOf(this.#error);
    if (stream.destroyed) throw causeOf(stream.errored);
    return new Promise((resolve, reject) => {
      this.#arrived = resolve;
      this.#failed = reject;
    });
  }

  collect(collector: BodyCollector): void {
    this.#assertUnread();
    const stream = this.#stream;
    if (stream.destroyed) throw causeOf(stream.errored);
    const fail = (error: unknown): void => {
      stream.off('data', take);
      collector.fail(error);
    };
    const end = (): void => {
      try {
        collector.end();
      } catch (error) {
        fail(error);
      }
    };
    const take = (piece: Uint8Array): void => {
      try {
        if (collector.take(piece)) end();
      } catch (error) {
        fail(error);
      }
    };
    // The listeners die with the request: taking them off costs more than what they are there for.
    stream
      .on('data', take)
      .on('end', end)
      .on('error', (error) => {
        this.#error = error;
        fail(causeOf(error));
      })
      .on('close', () => {
        if (!stream.readableEnded) fail(causeOf(stream.errored));
      });
  }

  #assertUnread(): void {
    if (this.#stream.readableDidRead) {
      throw new Error('the body has been read already by something else: a body parser in front must not run here');
    }
  }

  #listen(): void {
    this.#assertUnread();
    this.#listening = true;
    this.#stream
      .on('readable', () => this.#deliver())
      .on('end', () => this.#settle(null))
      .on('error', (error) => this.#fail(error))
      .on('close', () => this.#failed?.(causeOf(null)));
  }

  #deliver(): void {
    if (this.#arrived === undefined) return;
    const piece: Uint8Array | null = this.#stream.read();
    if (piece !== null) this.#settle(piece);
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#failed?.(causeOf(error));
  }

  #settle(piece: Uint8Array | null): void {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    arrived?.(piece);
  }
}

class IterableSource implements BodySource {
  readonly #iterable: AsyncIterable<Uint8Array>;
  #iterator: AsyncIterator<Uint8Array> | undefined = undefined;

  constructor(iterable: AsyncIterable<Uint8Array>) {
    this.#iterable = iterable;
  }

  async pull(): Promise<Uint8Array | null> {
    this.#iterator ??= this.#iterable[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.#iterator.next();
      if (next.done === true) return null;
      if (next.value.length > 0) return next.value;
    }
  }
}

/** What ended a stream early; Node reports a client that went away as a reset, or closes without an error. */
function causeOf(error: Error | null): Error {
  if (error !== null && codeOf(error) !== 'ECONNRESET') return error;
  return new BodyAborted('the client closed the connection before the end of its request body', error ?? undefined);
}
