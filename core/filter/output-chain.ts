import type { ConnectionRecord } from '../connection-record.ts';
import type { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { type Brigade, type Bucket, EOS, FileBucket, FLUSH } from './bucket.ts';
import {
  type BrigadeContext,
  type BrigadeFilter,
  type Filter,
  type FilterObject,
  type NamedFilter,
  filterTypes,
} from './filter.ts';
import { describingHeaders, dropStaleHeaders } from './describing-headers.ts';
import { toFilterObject } from './filter-forms.ts';

/** What stands at the end of a chain: the response writer, or the parent's chain for a subrequest. */
export interface BrigadeTarget {
  /** Takes over a brigade of `r`'s body; a promise is back-pressure. */
  receive(brigade: Brigade, r: RequestRecord): void | Promise<void>;
}

/** What a handler may write before a brigade sets out; Apache's buffer has the same size. */
const OUTPUT_BUFFER_SIZE = 8_192;
/** What a filter may produce inside one call before it is sent on. */
const LINK_BUFFER_SIZE = 65_536;

/** The filters of one request's output, from the handler to the network, and the buffer in front of them. */
export class OutputChain {
  readonly #r: RequestRecord;
  readonly #target: BrigadeTarget;
  #first: BrigadeTarget;
  #buffered: Brigade = [];
  #bufferedLength = 0;
  /** True once EOS has entered the chain. */
  ended = false;

  constructor(r: RequestRecord, target: BrigadeTarget) {
    this.#r = r;
    this.#target = target;
    this.#first = target;
  }

  get filters(): readonly FilterLink[] {
    const links: FilterLink[] = [];
    for (let at = this.#first; at instanceof FilterLink; at = at.next) links.push(at);
    return links;
  }

  /** True where a filter changes the body: ranges and validators of the original mean nothing then. */
  get changesBody(): boolean {
    return this.filters.some(({ filter }) => filter.changes !== 'nothing');
  }

  /** Puts a filter behind those of its own and earlier types. */
  add(named: NamedFilter): FilterLink {
    let before: FilterLink | undefined;
    let next = this.#first;
    const rank = filterTypes.indexOf(named.type);
    while (next instanceof FilterLink && filterTypes.indexOf(next.type) <= rank) {
      before = next;
      next = next.next;
    }
    const link = new FilterLink(this.#r, named, next);
    if (before === undefined) this.#first = link;
    else before.next = link;
    return link;
  }

  /**
   * Buffers a piece of the body. A full buffer sets out when the next piece comes, so that a body written at once stays in
   * one brigade with its EOS, and the last piece leaves together with the end.
   */
  write(bucket: Exclude<Bucket, symbol>): void | Promise<void> {
    const sent = this.#bufferedLength >= OUTPUT_BUFFER_SIZE ? this.#send() : undefined;
    this.#buffered.push(bucket);
    this.#bufferedLength += bucket.length;
    return sent;
  }

  flush(): void | Promise<void> {
    this.#buffered.push(FLUSH);
    return this.#send();
  }

  end(): void | Promise<void> {
    this.ended = true;
    this.#buffered.push(EOS);
    return this.#send();
  }

  /** Forgets what was written and drops all filters: an error page takes over. */
  reset(): void {
    this.#buffered = [];
    this.#bufferedLength = 0;
    this.#first = this.#target;
    this.ended = false;
  }

  #send(): void | Promise<void> {
    const brigade = this.#buffered;
    this.#buffered = [];
    this.#bufferedLength = 0;
    return this.#first.receive(brigade, this.#r);
  }
}

/** One filter in one request's chain. */
export class FilterLink implements BrigadeTarget, BrigadeContext {
  readonly r: RequestRecord;
  readonly name: string;
  readonly type: NamedFilter['type'];
  readonly filter: FilterObject | BrigadeFilter;
  next: BrigadeTarget;
  #out: Brigade = [];
  #outBytes = 0;
  #waiting: Promise<void> | undefined;
  #removed = false;
  #ended = false;
  #begun = false;
  #described: readonly (string | undefined)[] | undefined = undefined;

  constructor(r: RequestRecord, named: NamedFilter, next: BrigadeTarget) {
    this.r = r;
    this.name = named.name;
    this.type = named.type;
    this.filter = toFilterObject(named);
    this.next = next;
  }

  get connection(): ConnectionRecord {
    return this.r.connection;
  }

  registerCleanup(cleanup: () => unknown): void {
    this.r.registerCleanup(cleanup);
  }

  remove(): void {
    this.#removed = true;
  }

  insertNext(filter: Filter, name = this.name): FilterLink {
    const link = new FilterLink(this.r, { name, type: this.type, filter }, this.next);
    this.next = link;
    return link;
  }

  send(brigade: Brigade): void | Promise<void> {
    return this.#passBrigade(brigade);
  }

  passOn(chunk: Uint8Array | string): void | Promise<void> {
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new TypeError(`the filter ${this.name} passed on ${typeof chunk}; it must pass on bytes or text`);
    }
    if (this.#ended) throw new Error(`the filter ${this.name} passed on bytes after the end of the body`);
    if (chunk.length === 0) return;
    this.#out.push(chunk);
    this.#outBytes += chunk.length;
    if (this.#outBytes < LINK_BUFFER_SIZE) return;
    // A filter may not look at this promise; the next bucket then waits for it instead.
    const sent = this.#sendOn();
    if (isThenable(sent)) {
      this.#waiting = this.#waiting === undefined ? sent : this.#waiting.then(() => sent);
      this.#waiting.catch(() => undefined);
    }
    return this.#waiting;
  }

  receive(brigade: Brigade): void | Promise<void> {
    if (this.#removed) return this.next.receive(brigade, this.r);
    if (!this.#begun) this.#begin();
    if ('data' in this.filter) return this.#receiveFrom(this.filter, brigade, 0);
    const passed = this.filter.brigade(brigade, this);
    return isThenable(passed) ? passed.then((result) => this.#passBrigade(result)) : this.#passBrigade(passed);
  }

  /** From the first bucket on, the head can only describe what the filter makes. */
  #begin(): void {
    this.#begun = true;
    if (this.filter.changes !== 'nothing') this.#described = describingHeaders(this.r);
  }

  #passBrigade(brigade: Brigade): void | Promise<void> {
    // A filter that keeps everything for later has nothing to say of the head yet.
    if (brigade.length === 0) return;
    if (this.#described !== undefined) this.#adjustHead(this.#described);
    return this.next.receive(brigade, this.r);
  }

  #adjustHead(described: readonly (string | undefined)[]): void {
    this.#described = undefined;
    if (!this.#removed && !this.r.committed) dropStaleHeaders(this.r, described, this.filter.changes);
  }

  #receiveFrom(filter: FilterObject, brigade: Brigade, from: number): void | Promise<void> {
    for (let at = from; at < brigade.length; at++) {
      const handled = this.#handle(filter, brigade[at]!);
      if (isThenable(handled) || this.#waiting !== undefined) {
        return Promise.resolve(handled)
          .then(() => this.#waiting)
          .then(() => {
            this.#waiting = undefined;
            this.#finish(brigade[at]!);
            return this.#receiveFrom(filter, brigade, at + 1);
          });
      }
      this.#finish(brigade[at]!);
    }
    return this.#sendOn();
  }

  /** What the filter itself does with a bucket. */
  #handle(filter: FilterObject, bucket: Bucket): void | Promise<void> {
    if (this.#ended) return;
    if (this.#removed) {
      if (typeof bucket !== 'symbol') this.#out.push(bucket);
      return;
    }
    if (bucket === EOS) return filter.end?.(this);
    if (bucket === FLUSH) return filter.flush?.(this);
    if (bucket instanceof FileBucket) return this.#handleFile(filter, bucket);
    return filter.data(typeof bucket === 'string' ? Buffer.from(bucket) : bucket, this);
  }

  async #handleFile(filter: FilterObject, bucket: FileBucket): Promise<void> {
    for await (const chunk of bucket.chunks()) await filter.data(chunk, this);
  }

  /** The marks go on behind what the filter made of them. */
  #finish(bucket: Bucket): void {
    if (typeof bucket !== 'symbol' || this.#ended) return;
    if (bucket === EOS) this.#ended = true;
    this.#out.push(bucket);
  }

  #sendOn(): void | Promise<void> {
    if (this.#out.length === 0) return;
    const brigade = this.#out;
    this.#out = [];
    this.#outBytes = 0;
    return this.#passBrigade(brigade);
  }
}
