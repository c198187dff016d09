import { StreamFilter } from '../../core/filter/stream-filter.ts';
import type { FilterContext } from '../../core/filter/filter.ts';
import type { CodingStream } from '../compress/codings.ts';

export interface CodingRunOptions {
  readonly changes: 'coding' | 'anything';
  /** Called before each piece of the result goes on; may throw. */
  check?(bytesIn: number, bytesOut: number): void;
  /** Called once at the end. */
  done?(bytesIn: number, bytesOut: number): void;
}

/** One body on its way through one of Node's zlib streams, no faster than the next filter takes it. */
export class CodingRun extends StreamFilter {
  readonly changes: CodingRunOptions['changes'];
  readonly #stream: CodingStream;
  readonly #flushMark: number;
  readonly #options: CodingRunOptions;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(stream: CodingStream, flushMark: number, options: CodingRunOptions) {
    super(stream);
    this.changes = options.changes;
    this.#stream = stream;
    this.#flushMark = flushMark;
    this.#options = options;
  }

  override data(chunk: Uint8Array, f: FilterContext): Promise<void> {
    this.#bytesIn += chunk.length;
    return super.data(chunk, f);
  }

  override flush(f: FilterContext): Promise<void> {
    return this.step(f, (done) => this.#stream.flush(this.#flushMark, done));
  }

  override async end(f: FilterContext): Promise<void> {
    await super.end(f);
    this.#options.done?.(this.#bytesIn, this.#bytesOut);
  }

  protected override made(length: number): void {
    this.#bytesOut += length;
    this.#options.check?.(this.#stream.bytesWritten, this.#bytesOut);
  }
}
