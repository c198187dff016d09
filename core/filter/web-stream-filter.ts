import type { ReadableStreamDefaultReader, WritableStreamDefaultWriter } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AdaptedFilter } from './filter-forms.ts';
import type { FilterContext } from './filter.ts';

/** The form of a web TransformStream: what it makes is read as soon as it is there, and handed on. */
export class WebStreamFilter implements AdaptedFilter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array | string>;
  readonly #pump: Promise<void>;
  #f: FilterContext;
  #passing = false;
  #over = false;

  constructor({ writable, readable }: TransformStream<Uint8Array, Uint8Array | string>, f: FilterContext) {
    this.#f = f;
    this.#writer = writable.getWriter();
    this.#reader = readable.getReader();
    // What fails here is reported by the call that waits for it.
    this.#writer.closed.catch(ignore);
    this.#pump = this.#passAll();
    this.#pump.catch(ignore);
  }

  data(chunk: Uint8Array, f: FilterContext): Promise<void> {
    this.#f = f;
    return this.#step(() => this.#writer.write(chunk));
  }

  /** A stream doesn't say when it has made all it can of what it was given; a turn later it has. */
  flush(f: FilterContext): Promise<void> {
    this.#f = f;
    return this.#step(async () => {
      do await nextTurn();
      while (this.#passing);
    });
  }

  async end(f: FilterContext): Promise<void> {
    this.#f = f;
    await this.#step(() => this.#writer.close());
    await this.#pump;
  }

  abandon(): void {
    if (this.#over) return;
    this.#over = true;
    this.#writer.abort().catch(ignore);
    this.#reader.cancel().catch(ignore);
  }

  async #step(work: () => Promise<void>): Promise<void> {
    if (this.#over) return this.#pump;
    // Both sides of a stream fail together; where the other one has just ended, the stream wants no more.
    await Promise.race([work().catch(() => this.#pump), this.#pump]);
  }

  async #passAll(): Promise<void> {
    try {
      for (let made = await this.#reader.read(); !made.done; made = await this.#reader.read()) {
        this.#passing = true;
        await this.#f.passOn(made.value);
        this.#passing = false;
      }
    } catch (error) {
      this.#writer.abort(error).catch(ignore);
      throw error;
    } finally {
      this.#over = true;
    }
  }
}

/** By its parts, so that CompressionStream and its kin count, too. */
export function isWebStream(value: unknown): value is TransformStream<Uint8Array, Uint8Array> {
  return (
    typeof value === 'object' && value !== null && 'readable' in value && 'writable' in value && !('pipe' in value)
  );
}

function ignore(): void {}
