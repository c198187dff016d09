import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import type { Charset, TextReader, TextWriter } from './charset.ts';

/** One body on its way from a charset to another one. */
export class CharsetRun implements FilterObject {
  readonly #decoder: TextReader;
  readonly #encoder: TextWriter;
  /** The first half of a character beyond the first 65,536. */
  #half = '';

  constructor(from: Charset, to: Charset) {
    this.#decoder = from.decoder();
    this.#encoder = to.encoder();
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const text = this.#half + this.#decoder.write(bytes);
    this.#half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
    return f.passOn(this.#encoder.write(this.#half === '' ? text : text.slice(0, -1)));
  }

  end(f: FilterContext): void | Promise<void> {
    return f.passOn(Buffer.concat([this.#encoder.write(this.#half + this.#decoder.end()), this.#encoder.end()]));
  }
}
