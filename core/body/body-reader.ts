import { isThenable } from '../thenable.ts';
import { httpError } from '../verdict.ts';
import { BodyAborted } from './body-aborted.ts';
import { BodyDeadline, type BodyTimeout } from './body-deadline.ts';
import { type BodyInput, type BodySource, toBodySource } from './body-source.ts';
import { decodeUtf8, textDecoder } from './decode-text.ts';
import { parseJson } from './parse-json.ts';

export interface BodyOptions {
  /** Most bytes; more are a 413. 0 is no limit (LimitRequestBody). */
  readonly limit: number;
  readonly timeout?: BodyTimeout;
  /** Content-Length, where the request has one. */
  readonly declaredLength?: number;
  /** Called once, before the first byte is asked for; give it only where the client waits for a 100 (Continue). */
  readonly onFirstRead?: () => void;
}

/**
 * Reads a body in whatever way suits; all ways mix. Nothing is read and no listener is added before the first call.
 *
 * Every way of reading throws a 413 for a body over the limit, a 408 for a client that is too slow, and `BodyAborted`
 * (code ECONNRESET) when the client goes away; after that it throws the same again.
 *
 * @example
 * for await (const line of r.body.lines()) count += line.length;
 */
export class BodyReader implements BodySource, AsyncIterable<Buffer> {
  readonly #source: BodySource;
  readonly #options: BodyOptions;
  #deadline: BodyDeadline | undefined = undefined;
  /** Taken from the source, but not handed out yet. */
  #left: Buffer = nothing;
  #bytesRead = 0;
  #started = false;
  #sourceEnded: boolean;
  #waiting = false;
  #failure: { readonly error: unknown } | undefined = undefined;

  constructor(input: BodyInput, options: BodyOptions) {
    this.#source = toBodySource(input);
    this.#options = options;
    this.#sourceEnded = options.declaredLength === 0;
  }

  /** Bytes that have come in, handed out or not. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Somebody has asked for bytes. */
  get started(): boolean {
    return this.#started;
  }

  /** All bytes have been handed out, and the end has been seen. */
  get ended(): boolean {
    return this.#sourceEnded && this.#left.length === 0;
  }

  /** At most `count` bytes as soon as there are any, everything without a count or with a negative one; empty at the end. */
  async read(count = -1): Promise<Buffer> {
    if (count < 0) return this.bytes();
    assertWhole('read', count);
    return count > 0 && (await this.#fill()) ? this.#take(count) : nothing;
  }

  /** Up to and including the next line feed, at most `maximum` bytes, whose rest the next call gives; empty at the end. */
  readLine(maximum = Number.MAX_SAFE_INTEGER): Promise<Buffer> {
    return this.readUntil(lineFeed, maximum);
  }

  /** Up to and including the next byte of value `delimiter`, at most `maximum` bytes; empty at the end. */
  async readUntil(delimiter: number, maximum: number): Promise<Buffer> {
    assertWhole('readLine', maximum);
    const pieces: Buffer[] = [];
    for (let room = maximum; room > 0 && (await this.#fill());) {
      const at = this.#left.subarray(0, room).indexOf(delimiter);
      const piece = this.#take(at < 0 ? room : at + 1);
      pieces.push(piece);
      if (at >= 0) break;
      room -= piece.length;
    }
    return joined(pieces);
  }

  /** The lines, each with its line feed; the last one may lack it. */
  async *lines(): AsyncGenerator<Buffer, void> {
    for (let line = await this.readLine(); line.length > 0; line = await this.readLine()) yield line;
  }

  /** All that is left. */
  bytes(): Promise<Buffer> {
    const mayCollect = !this.#started && this.#source.collect !== undefined && !this.#sourceEnded;
    return mayCollect ? this.#collect() : this.#pullAll();
  }

  async #pullAll(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    while (await this.#fill()) pieces.push(this.#take(this.#left.length));
    return joined(pieces);
  }

  /** All that is left, as text in the charset that `contentType` names, UTF-8 without one. Throws a 415 for an unknown charset. */
  async text(contentType?: string): Promise<string> {
    const decode = textDecoder(contentType);
    return decode(await this.bytes());
  }

  /** All that is left, as JSON, which is always in UTF-8 (RFC 8259 §8.1). Throws a 400 where it isn't JSON. */
  json(): Promise<unknown> {
    return this.bytes().then(jsonOf);
  }

  /** The pieces as they come in; the loop can be left, and reading goes on after it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    for (let piece = await this.pull(); piece !== null; piece = await this.pull()) yield piece;
  }

  /** The next piece as it comes in, or null at the end; a promise only where there is something to wait for. */
  pull(): Buffer | null | Promise<Buffer | null> {
    const filled = this.#fill();
    return isThenable(filled) ? filled.then((more) => this.#takePiece(more)) : this.#takePiece(filled);
  }

  /**
   * Reads what is left and drops it; true when the end was reached within `maximum` bytes, so that the connection can
   * be used again. Never throws. A client that waits for a 100 (Continue) is not asked for a body that nobody wants.
   */
  async discard(maximum: number): Promise<boolean> {
    const { declaredLength, onFirstRead } = this.#options;
    if (this.ended) return true;
    if (!this.#started && onFirstRead !== undefined) return false;
    if (declaredLength !== undefined && declaredLength - this.#bytesRead > maximum) return false;
    const end = this.#bytesRead + maximum;
    try {
      while (this.#bytesRead <= end && (await this.#fill())) this.#left = nothing;
    } catch {
      return false;
    }
    return this.ended;
  }

  /** Everything in one go, where nothing has been read before. */
  #collect(): Promise<Buffer> {
    this.#waiting = true;
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      const settle = (): boolean => {
        if (!this.#waiting) return false;
        this.#waiting = false;
        this.#deadline?.end();
        return true;
      };
      const fail = (error: unknown): void => {
        if (settle()) reject(this.#fail(error));
      };
      const take = (piece: Uint8Array): boolean => {
        if (!this.#waiting) return true;
        this.#receive(piece);
        pieces.push(this.#take(piece.length));
        return this.#sourceEnded;
      };
      const end = (): void => {
        if (!this.#sourceEnded) this.#receive(null);
        if (settle()) resolve(joined(pieces));
      };
      try {
        this.#start();
        this.#deadline?.start(fail);
        this.#source.collect!({ take, end, fail });
      } catch (error) {
        fail(error);
      }
    });
  }

  /** True when there is at least one byte to take; throws at once, not later, where nothing needs to be awaited. */
  #fill(): boolean | Promise<boolean> {
    if (this.#left.length > 0) return true;
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#sourceEnded) return false;
    if (this.#waiting) throw new Error('the body is being read already: await the first read before the next one');
    try {
      if (!this.#started) this.#start();
      const piece = this.#source.pull();
      return isThenable(piece) ? this.#wait(piece) : this.#receive(piece);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  async #wait(piece: Promise<Uint8Array | null>): Promise<boolean> {
    this.#waiting = true;
    try {
      return this.#receive(await (this.#deadline === undefined ? piece : this.#deadline.within(piece)));
    } catch (error) {
      throw this.#fail(error);
    } finally {
      this.#waiting = false;
    }
  }

  #start(): void {
    const { limit, declaredLength = 0, onFirstRead, timeout } = this.#options;
    this.#started = true;
    if (limit > 0 && declaredLength > limit) throw tooLarge(limit);
    if (timeout !== undefined && timeout.initial > 0) this.#deadline = new BodyDeadline(timeout);
    onFirstRead?.();
  }

  #receive(piece: Uint8Array | null): boolean {
    const { limit, declaredLength } = this.#options;
    if (piece === null) {
      this.#sourceEnded = true;
      if (declaredLength !== undefined && this.#bytesRead < declaredLength) {
        throw new BodyAborted(`the request body ended after ${this.#bytesRead} of ${declaredLength} bytes`);
      }
      return false;
    }
    this.#bytesRead += piece.length;
    if (limit > 0 && this.#bytesRead > limit) throw tooLarge(limit);
    this.#sourceEnded = this.#bytesRead === declaredLength;
    this.#deadline?.extend(piece.length);
    this.#left = asBuffer(piece);
    return true;
  }

  /** Every later read throws the same. */
  #fail(error: unknown): unknown {
    this.#failure = { error };
    return error;
  }

  #take(count: number): Buffer {
    const left = this.#left;
    const isAll = count >= left.length;
    this.#left = isAll ? nothing : left.subarray(count);
    return isAll ? left : left.subarray(0, count);
  }

  #takePiece(more: boolean): Buffer | null {
    return more ? this.#take(this.#left.length) : null;
  }
}

const nothing = Buffer.alloc(0);
const lineFeed = 0x0a;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function jsonOf(bytes: Buffer): unknown {
  return parseJson(decodeUtf8(bytes));
}

function joined(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

function assertWhole(method: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${method} takes a whole number of bytes, but was given ${count}`);
  }
}

function tooLarge(limit: number): Error {
  return httpError(413, `the request body is larger than the ${limit} bytes that LimitRequestBody allows`);
}
