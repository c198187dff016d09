import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { isThenable } from '../../core/thenable.ts';
import type { CodingStream } from '../compress/codings.ts';

export interface CodingRunOptions {
  readonly changes: 'coding' | 'anything';
  /** Called before each piece of the result goes on; may throw. */
  check?(bytesIn: number, bytesOut: number): void;
  /** Called once at the end. */
  done?(bytesIn: number, bytesOut: number): void;
}

/** One body on its way through one of Node's zlib streams, no faster than the next filter takes it. */
export class CodingRun implements FilterObject {
  readonly changes: CodingRunOptions['changes'];
  readonly #stream: CodingStream;
  readonly #flushMark: number;
  readonly #options: CodingRunOptions;
  #f: FilterContext | undefined;
  #bytesIn = 0;
  #bytesOut = 0;
  #finish: () => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #failure: Error | undefined;
  #sending: Promise<void> | undefined;
  #ended = false;

  constructor(stream: CodingStream, flushMark: number, options: CodingRunOptions) {
    this.changes = options.changes;
    this.#stream = stream;
    this.#flushMark = flushMark;
    this.#options = options;
    stream.on('data', (chunk: Buffer) => this.#send(chunk));
    stream.on('error', (error) => this.#failWith(error));
    stream.on('end', () => (this.#ended = true));
    // The end, or the request is over and nobody wants the rest.
    stream.on('close', () => this.#finish());
  }

  data(chunk: Uint8Array, f: FilterContext): Promise<void> {
    this.#f = f;
    this.#bytesIn += chunk.length;
    return this.#step((done) => this.#stream.write(chunk, () => done()));
  }

  flush(f: FilterContext): Promise<void> {
    this.#f = f;
    return this.#step((done) => this.#stream.flush(this.#flushMark, done));
  }

  async end(f: FilterContext): Promise<void> {
    this.#f = f;
    await this.#step((done) => {
      if (this.#ended) done();
      else this.#stream.end();
    });
    this.#options.done?.(this.#bytesIn, this.#bytesOut);
  }

  destroy(): void {
    this.#stream.destroy();
  }

  /** Done when the stream has taken in what it was given and the next filter what came of it. */
  async #step(work: (done: () => void) => void): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#stream.destroyed) return;
    await new Promise<void>((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      work(resolve);
    });
    await this.#drain();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** A mark must not overtake what the stream has made, while the next filter holds that up. */
  async #drain(): Promise<void> {
    while (!this.#stream.destroyed && (this.#sending !== undefined || this.#stream.readableLength > 0)) {
      const sending = this.#sending ?? nextTurn();
      await sending;
      if (this.#sending === sending) this.#sending = undefined;
    }
  }

  #send(chunk: Buffer): void {
    this.#bytesOut += chunk.length;
    try {
      this.#options.check?.(this.#stream.bytesWritten, this.#bytesOut);
      const sent = this.#f!.passOn(chunk);
      if (isThenable(sent)) this.#wait(sent);
    } catch (error) {
      this.#failWith(error as Error);
    }
  }

  #wait(sent: Promise<void>): void {
    this.#stream.pause();
    this.#sending = sent.then(
      () => void this.#stream.resume(),
      (error: Error) => this.#failWith(error),
    );
  }

  #failWith(error: Error): void {
    this.#failure ??= error;
    this.#stream.destroy();
    this.#fail(error);
  }
}
