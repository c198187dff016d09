import { type Element, ElementReader } from './element-reader.ts';

/** Finds the elements of a page, wherever the page is cut; between two calls it keeps no more than the element begun. */
export class ElementScanner {
  readonly #startTag: Buffer;
  readonly #endTag: string;
  /** The end of what was given, where it may be the beginning of a start tag. */
  #held: Buffer = nothing;
  #reader: ElementReader | undefined;

  constructor(startTag: string, endTag: string) {
    this.#startTag = Buffer.from(startTag);
    this.#endTag = Buffer.from(endTag).toString('latin1');
  }

  /** True inside an element. */
  get isInside(): boolean {
    return this.#reader !== undefined;
  }

  /** The text and the elements of the next piece, in order. */
  *scan(piece: Buffer): Generator<Buffer | Element, void> {
    const data = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    this.#held = nothing;
    for (let at = 0; at < data.length;) {
      if (this.#reader === undefined) {
        const found = data.indexOf(this.#startTag, at);
        const end = found < 0 ? data.length - this.#begunAtEnd(data, at) : found;
        if (end > at) yield data.subarray(at, end);
        if (found < 0) {
          this.#held = Buffer.from(data.subarray(end));
          return;
        }
        at = found + this.#startTag.length;
        this.#reader = new ElementReader(this.#endTag);
      }
      const behind = this.#reader.read(data, at);
      if (behind < 0) return;
      at = behind;
      const { element } = this.#reader;
      this.#reader = undefined;
      yield element;
    }
  }

  /** What was kept back, when nothing more comes. */
  finish(): Buffer {
    return this.#held;
  }

  /** How many of the last bytes from `at` on may begin a start tag. */
  #begunAtEnd(data: Buffer, at: number): number {
    for (let length = Math.min(this.#startTag.length - 1, data.length - at); length > 0; length--) {
      if (this.#startTag.subarray(0, length).equals(data.subarray(data.length - length))) return length;
    }
    return 0;
  }
}

const nothing = Buffer.alloc(0);
