import type { AdaptedFilter } from './filter-forms.ts';
import type { FilterContext, FilterGenerator } from './filter.ts';

/** The form of an async generator: it is given one chunk at a time, and the next one when it asks for it. */
export class GeneratorFilter implements AdaptedFilter, AsyncIterator<Uint8Array, undefined> {
  readonly #generate: FilterGenerator;
  #begun = false;
  /** Without `return`: a generator may look at the first chunk in one loop, and at the others in the next. */
  readonly #chunks: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => this };
  #chunk: Uint8Array | undefined = undefined;
  #closed = false;
  #abandoned = false;
  #over = false;
  #failure: { readonly error: unknown } | undefined = undefined;
  /** Gives the generator what it waits for. */
  #give: ((result: IteratorResult<Uint8Array, undefined>) => void) | undefined = undefined;
  #refuse: (error: Error) => void = ignore;
  /** The generator has come back for more, or to its end. */
  #settled: () => void = ignore;

  constructor(generate: FilterGenerator) {
    this.#generate = generate;
  }

  data(chunk: Uint8Array, f: FilterContext): Promise<void> {
    this.#chunk = chunk;
    return this.#step(f);
  }

  end(f: FilterContext): Promise<void> {
    this.#closed = true;
    return this.#step(f);
  }

  abandon(): void {
    this.#abandoned = true;
    if (this.#give === undefined) return;
    this.#give = undefined;
    this.#refuse(abandonedError());
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunk;
    this.#chunk = undefined;
    if (chunk !== undefined) return Promise.resolve({ value: chunk, done: false });
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    if (this.#abandoned) return Promise.reject(abandonedError());
    this.#settled();
    return new Promise((resolve, reject) => {
      this.#give = resolve;
      this.#refuse = reject;
    });
  }

  async #step(f: FilterContext): Promise<void> {
    if (!this.#over) await this.#untilSettled(f);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #untilSettled(f: FilterContext): Promise<void> {
    return new Promise((resolve) => {
      this.#settled = resolve;
      if (!this.#begun) this.#begin(f);
      else if (this.#give !== undefined) {
        const give = this.#give;
        this.#give = undefined;
        const chunk = this.#chunk;
        this.#chunk = undefined;
        give(chunk === undefined ? { value: undefined, done: true } : { value: chunk, done: false });
      }
    });
  }

  #begin(f: FilterContext): void {
    this.#begun = true;
    f.registerCleanup(() => this.abandon());
    void this.#run(f);
  }

  async #run(f: FilterContext): Promise<void> {
    try {
      const made: unknown = this.#generate(this.#chunks, f);
      if (!isAsyncIterable(made)) {
        throw new TypeError(`the filter ${f.name} returned ${typeof made}; it must return an async iterable`);
      }
      for await (const chunk of made) {
        if (this.#abandoned) break;
        const sent = f.passOn(chunk);
        if (sent !== undefined) await sent;
      }
    } catch (error) {
      if (!this.#abandoned) this.#failure = { error };
    }
    this.#over = true;
    this.#settled();
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<Uint8Array | string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function abandonedError(): Error {
  return new Error('the filter is not needed any longer: it was removed, or the request is over');
}

function ignore(): void {}
