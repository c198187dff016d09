import type { RequestRecord } from './request-record.ts';
import { composeHead, isBodiless, reasonOf } from './response-head.ts';
import type { ResponseSink } from './response-sink.ts';
import { type Brigade, type Bucket, EOS, FileBucket, FLUSH, bucketLength } from './filter/bucket.ts';
import type { BrigadeTarget } from './filter/outlet.ts';
import { isThenable } from './thenable.ts';

/** Longer bodies than this, in characters or bytes, go out in slices. */
const LARGE_BODY = 1_048_576;
const SLICE = 65_536;

/** What a writer asks of its exchange as the last bytes are about to leave. */
interface Departure {
  /** Writes the access log's line, once. */
  log(): void;
  /** Calls `send`, now or soon. */
  depart(send: () => void): void;
}

/**
 * The end of a main request's output chain: composes the head at the first brigade, frames the body and hands both to the
 * sink. Nothing leaves before; after it `committed` is true and an error can only cut the connection.
 */
export class ResponseWriter implements BrigadeTarget {
  readonly #sink: ResponseSink;
  readonly #exchange: Departure;
  /** What Content-Length has promised. */
  #promised: number | undefined;
  #headOnly = false;
  committed = false;
  ended = false;
  bytesSent = 0;

  /** `exchange` logs as the last bytes are about to be handed over: an answer is in the log before it is out. */
  constructor(sink: ResponseSink, exchange: Departure) {
    this.#sink = sink;
    this.#exchange = exchange;
  }

  get aborted(): boolean {
    return this.#sink.aborted;
  }

  receive(brigade: Brigade, r: RequestRecord): void | Promise<void> {
    if (this.ended) return;
    if (!this.committed) {
      const body = wholeBody(brigade);
      if (body !== undefined && body.length <= LARGE_BODY) return this.#sendWhole(r, body);
      this.#commit(r, knownLength(brigade));
    }
    return this.#writeFrom(brigade, 0);
  }

  cut(): void {
    this.ended = true;
    this.#sink.cut();
  }

  interim(status: number, headers?: string[]): void {
    this.#sink.interim(status, headers);
  }

  #sendWhole(r: RequestRecord, body: string | Uint8Array): void {
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    const headOnly = r.headerOnly || isBodiless(r.status);
    // A HEAD handler that wrote nothing has not said how long the body would be.
    const headers = composeHead(r, r.headerOnly && length === 0 ? undefined : length);
    this.#sink.start(r.status, reasonOf(r), headers);
    this.committed = true;
    this.ended = true;
    r.seal();
    this.bytesSent = headOnly ? 0 : length;
    this.#leave(headOnly ? undefined : body);
  }

  #commit(r: RequestRecord, length: number | undefined): void {
    this.#headOnly = r.headerOnly || isBodiless(r.status);
    this.#promised = length ?? declaredLength(r);
    this.#sink.start(r.status, reasonOf(r), composeHead(r, this.#promised));
    this.committed = true;
    r.seal();
  }

  #writeFrom(brigade: Brigade, from: number): void | Promise<void> {
    for (let at = from; at < brigade.length; at++) {
      const written = this.#writeBucket(brigade[at]!, brigade[at + 1] === EOS);
      if (isThenable(written)) return written.then(() => this.#writeFrom(brigade, at + 1));
    }
  }

  #writeBucket(bucket: Bucket, isLast: boolean): void | Promise<void> {
    if (this.ended) return;
    if (bucket === FLUSH) return this.#sink.flush();
    if (bucket === EOS) return this.#end();
    if (bucket instanceof FileBucket) return this.#writeFile(bucket, isLast);
    if (bucket.length > LARGE_BODY) return this.#writeSlices(bucket, isLast);
    return isLast ? this.#end(bucket) : this.#write(bucket);
  }

  /** As fast as the client reads: what Node is given at once it keeps in memory once more. */
  async #writeSlices(body: string | Uint8Array, isLast: boolean): Promise<void> {
    for (let at = 0; at < body.length;) {
      let end = Math.min(at + SLICE, body.length);
      if (typeof body === 'string' && isHighSurrogate(body.charCodeAt(end - 1))) end++;
      const slice = typeof body === 'string' ? body.slice(at, end) : body.subarray(at, end);
      at = end;
      if (this.aborted || this.ended) return;
      if (isLast && at >= body.length) this.#end(slice);
      else await this.#write(slice);
    }
  }

  async #writeFile(bucket: FileBucket, isLast: boolean): Promise<void> {
    if (this.#headOnly) return isLast ? this.#end() : undefined;
    let left = bucket.length;
    for await (const chunk of bucket.chunks()) {
      left -= chunk.length;
      if (this.aborted || this.ended) return;
      if (isLast && left === 0) this.#end(chunk);
      else await this.#write(chunk);
    }
  }

  #write(chunk: string | Uint8Array): void | Promise<void> {
    if (this.#headOnly || this.aborted) return;
    this.#count(chunk);
    return this.#sink.write(chunk);
  }

  #end(chunk?: string | Uint8Array): void {
    if (chunk !== undefined && !this.#headOnly) this.#count(chunk);
    if (this.#promised !== undefined && !this.#headOnly && !this.aborted && this.bytesSent < this.#promised) {
      throw new Error(`the body ended after ${this.bytesSent} bytes, but Content-Length promised ${this.#promised}`);
    }
    this.ended = true;
    this.#leave(this.#headOnly ? undefined : chunk);
  }

  /** The last bytes go when the log has its line. */
  #leave(chunk?: string | Uint8Array): void {
    if (!this.aborted) this.#exchange.log();
    this.#exchange.depart(() => {
      if (this.aborted) return;
      try {
        this.#sink.end(chunk);
      } catch (error) {
        this.cut();
        throw error;
      }
    });
  }

  #count(chunk: string | Uint8Array): void {
    this.bytesSent += bucketLength(chunk);
    if (this.#promised !== undefined && this.bytesSent > this.#promised) {
      throw new Error(`the body has more bytes than the ${this.#promised} that Content-Length promised`);
    }
  }
}

function declaredLength(r: RequestRecord): number | undefined {
  const declared = r.hasHeadersOut ? r.headersOut.get('Content-Length') : undefined;
  if (declared === undefined) return undefined;
  if (!/^\d{1,15}$/.test(declared))
    throw new Error(`Content-Length must be a number of bytes, but ${declared} was set`);
  return Number(declared);
}

/** The body where all of it is in memory and EOS is there. */
function wholeBody(brigade: Brigade): string | Uint8Array | undefined {
  if (brigade[brigade.length - 1] !== EOS) return undefined;
  if (brigade.length === 2) {
    const only = brigade[0]!;
    return typeof only === 'symbol' || only instanceof FileBucket ? undefined : only;
  }
  const parts: Uint8Array[] = [];
  for (const bucket of brigade) {
    if (bucket === EOS) break;
    if (bucket === FLUSH || bucket instanceof FileBucket) return undefined;
    parts.push(typeof bucket === 'string' ? Buffer.from(bucket) : bucket);
  }
  return parts.length === 0 ? '' : Buffer.concat(parts);
}

/** The body's length where EOS is there; files needn't be read for it. */
function knownLength(brigade: Brigade): number | undefined {
  if (brigade[brigade.length - 1] !== EOS) return undefined;
  return brigade.reduce((sum, bucket) => sum + bucketLength(bucket), 0);
}

/** The first half of a character that takes two: a slice that ended here would send half of it. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
