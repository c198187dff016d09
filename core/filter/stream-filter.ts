import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isThenable } from '../thenable.ts';
import type { AdaptedFilter } from './filter-forms.ts';
import type { FilterContext } from './filter.ts';

/** The form of a Node stream: it is given chunks no faster than it takes them, and read no faster than the next filter. */
export class StreamFilter implements AdaptedFilter {
  protected readonly stream: Duplex;
  #f: FilterContext | undefined = undefined;
  #done: () => void = () => undefined;
  #refuse: (error: unknown) => void = () => undefined;
  #failure: { readonly error: unknown } | undefined = undefined;
  #sending: Promise<void> | undefined = undefined;
  #over = false;

  constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', (error) => this.#fail(error));
    stream.on('end', () => this.#finish());
    // The end, or the request is over and nobody wants the rest.
    stream.on('close', () => this.#finish());
  }

  data(chunk: Uint8Array, f: FilterContext): Promise<void> {
    return this.step(f, (done) => this.stream.write(chunk, () => done()));
  }

  /** A stream doesn't say when it has made all it can of what it was given; a turn later it has. */
  flush(f: FilterContext): Promise<void> {
    return this.step(f, (done) => setImmediate(done));
  }

  end(f: FilterContext): void | Promise<void> {
    return this.step(f, () => this.stream.end());
  }

  abandon(): void {
    this.stream.destroy();
  }

  /** Called for each piece of the result before it goes on; may throw. */
  protected made(_length: number): void {}

  /** Done when the stream has taken in what it was given and the next filter what came of it. */
  protected async step(f: FilterContext, work: (done: () => void) => void): Promise<void> {
    this.#f = f;
    if (!this.#over && this.#failure === undefined) {
      await new Promise<void>((resolve, reject) => {
        this.#done = resolve;
        this.#refuse = reject;
        work(resolve);
      });
      await this.#drain();
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** A mark must not overtake what the stream has made, while the next filter holds that up. */
  async #drain(): Promise<void> {
    while (this.#sending !== undefined || (this.stream.readableLength > 0 && !this.stream.destroyed)) {
      const sending = this.#sending ?? nextTurn();
      await sending;
      if (this.#sending === sending) this.#sending = undefined;
    }
  }

  #take(chunk: Buffer): void {
    try {
      this.made(chunk.length);
      const sent = this.#f!.passOn(chunk);
      if (isThenable(sent)) this.#wait(sent);
    } catch (error) {
      this.#fail(error);
    }
  }

  #wait(sent: Promise<void>): void {
    this.stream.pause();
    this.#sending = sent.then(
      () => void this.stream.resume(),
      (error: unknown) => this.#fail(error),
    );
  }

  #finish(): void {
    this.#over = true;
    this.#done();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.stream.destroy();
    this.#refuse(error);
  }
}

/** By its methods: streams of other copies of Node's module are streams, too. */
export function isNodeStream(value: unknown): value is Duplex {
  return typeof value === 'object' && value !== null && 'pipe' in value && 'write' in value && 'on' in value;
}
