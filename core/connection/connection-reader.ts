import type { BodySource } from '../body/body-source.ts';

/** How much may be looked at, or read before a handler declines. */
export const REMEMBERED_BYTES = 65_536;
/** The longest line where nobody says how long one may be; Apache's limit for a request line. */
const LINE_LIMIT = 8_190;

const nothing = Buffer.alloc(0);
const lineFeed = 0x0a;

/** Reads a connection in whatever way suits, and remembers what was read until nobody can decline any more. */
export class ConnectionReader {
  readonly #source: BodySource;
  /** Taken from the source, but not handed out yet. */
  #left: Buffer = nothing;
  /** Handed out; undefined once it is too late to take it back. */
  #handedOut: Buffer[] | undefined = [];
  #handedOutBytes = 0;
  #ended = false;
  #waiting = false;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** Everything that was handed out comes again. False where that is too late. */
  rewind(): boolean {
    if (this.#handedOut === undefined) return false;
    this.#left = Buffer.concat([...this.#handedOut, this.#left]);
    this.#handedOut = [];
    this.#handedOutBytes = 0;
    return true;
  }

  /** What was read can't be taken back from now on. */
  forget(): void {
    this.#handedOut = undefined;
  }

  /** What was taken from the source and not handed out. */
  get left(): Buffer {
    return this.#left;
  }

  async read(count = Number.MAX_SAFE_INTEGER): Promise<Buffer> {
    assertCount('read', count);
    return count > 0 && (await this.#fill()) ? this.#take(count) : nothing;
  }

  async readLine(limit = LINE_LIMIT): Promise<Buffer> {
    assertCount('readLine', limit);
    let from = 0;
    for (;;) {
      const at = this.#left.subarray(0, limit).indexOf(lineFeed, from);
      if (at >= 0) return this.#take(at + 1);
      if (this.#left.length >= limit) return this.#take(limit);
      from = this.#left.length;
      if (!(await this.#more())) return this.#take(from);
    }
  }

  async peek(count: number): Promise<Buffer> {
    assertCount('peek', count);
    if (count > REMEMBERED_BYTES) {
      throw new RangeError(`peek takes at most ${REMEMBERED_BYTES} bytes, but was given ${count}`);
    }
    while (this.#left.length < count && (await this.#more()));
    return this.#left.subarray(0, count);
  }

  /** True when there is at least one byte to take. */
  #fill(): boolean | Promise<boolean> {
    return this.#left.length > 0 || this.#more();
  }

  /** Adds the next piece to what is left; false at the end. */
  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    if (this.#waiting)
      throw new Error('the connection is being read already: await the first read before the next one');
    this.#waiting = true;
    try {
      const piece = await this.#source.pull();
      if (piece === null) {
        this.#ended = true;
        return false;
      }
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      this.#left = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
      return true;
    } finally {
      this.#waiting = false;
    }
  }

  #take(count: number): Buffer {
    const piece = this.#left.subarray(0, count);
    this.#left = count < this.#left.length ? this.#left.subarray(count) : nothing;
    if (this.#handedOut !== undefined) this.#remember(this.#handedOut, piece);
    return piece;
  }

  #remember(handedOut: Buffer[], piece: Buffer): void {
    handedOut.push(piece);
    this.#handedOutBytes += piece.length;
    if (this.#handedOutBytes > REMEMBERED_BYTES) this.forget();
  }
}

function assertCount(method: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${method} takes a whole number of bytes, but was given ${count}`);
  }
}
