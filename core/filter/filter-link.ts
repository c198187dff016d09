import type { ConnectionRecord } from '../connection-record.ts';
import type { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { type Brigade, type Bucket, EOS, FileBucket } from './bucket.ts';
import { blame, culpritOf } from './culprit.ts';
import { type DescribingHeaders, correctHead, describingHeaders } from './describing-headers.ts';
import { type AdaptedFilter, toFilterObject } from './filter-forms.ts';
import {
  type BrigadeContext,
  type BrigadeFilter,
  type Filter,
  type FilterObject,
  type FilterType,
  type NamedFilter,
  filterTypes,
} from './filter.ts';
import { Outlet, type BrigadeTarget } from './outlet.ts';
import { SetAside } from './set-aside.ts';

/** Which way a body goes: to the client, or to the handler. */
export type Direction = 'output' | 'input';

/** What a filter may produce inside one call before it is sent on. */
const LINK_BUFFER_SIZE = 65_536;

/** One filter at its place in the chain of one request. */
export class FilterLink extends Outlet implements BrigadeTarget, BrigadeContext {
  readonly named: NamedFilter;
  readonly filter: FilterObject | BrigadeFilter | AdaptedFilter;
  readonly #direction: Direction;
  #out: Brigade = [];
  #outBytes = 0;
  #aside: SetAside | undefined = undefined;
  #begun = false;
  /** The filter has stepped aside: what comes passes by. */
  #removed = false;
  /** The chain has been given up: what comes is for nobody. */
  #dropped = false;
  #failure: { readonly error: unknown } | undefined = undefined;
  #described: DescribingHeaders | undefined = undefined;
  /** The filter has handed on the first bucket as it was. */
  #untouched = false;
  #working = false;
  #sawEnd = false;
  #sentEnd = false;

  constructor(r: RequestRecord, named: NamedFilter, next: BrigadeTarget, direction: Direction = 'output') {
    super(r, next);
    this.named = named;
    this.filter = toFilterObject(named);
    this.#direction = direction;
  }

  get name(): string {
    return this.named.name;
  }

  get type(): FilterType {
    return this.named.type;
  }

  /** The place of its type, from the handler to the network. */
  get rank(): number {
    return filterTypes.indexOf(this.named.type);
  }

  get isRemoved(): boolean {
    return this.#removed;
  }

  /** The filter itself, and not what comes after it. */
  get hasFailed(): boolean {
    return this.#failure !== undefined && culpritOf(this.#failure.error) === this.who;
  }

  /** The filter itself is being waited for, and not what comes after it. */
  get isStuck(): boolean {
    return this.#working && this.sending === undefined;
  }

  /** The end of the body has gone in, and didn't come out. */
  get lostEnd(): boolean {
    return this.#sawEnd && !this.#sentEnd;
  }

  /** As logs name it. */
  get who(): string {
    return `the ${this.#direction} filter ${this.name}`;
  }

  get connection(): ConnectionRecord {
    return this.r.connection;
  }

  registerCleanup(cleanup: () => unknown): void {
    this.r.registerCleanup(cleanup);
  }

  remove(): void {
    this.#removed = true;
    if (!this.#working) this.#abandon();
  }

  insertNext(filter: Filter, name = this.name): FilterLink {
    const link = new FilterLink(this.r, { name, type: this.type, filter }, this.next, this.#direction);
    this.next = link;
    return link;
  }

  send(brigade: Brigade): void | Promise<void> {
    return this.#passBrigade(brigade);
  }

  setAside(brigade: Brigade): number {
    this.#aside ??= new SetAside();
    return this.#aside.add(brigade, this.r.config.filterBufferLimit, this.who);
  }

  takeAside(): Brigade {
    const aside = this.#aside;
    this.#aside = undefined;
    return aside === undefined ? [] : aside.brigade;
  }

  passOn(chunk: Uint8Array | string): void | Promise<void> {
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new TypeError(`the filter ${this.name} passed on ${typeof chunk}; it must pass on bytes or text`);
    }
    if (this.#sentEnd) throw new Error(`the filter ${this.name} passed on bytes after the end of the body`);
    if (chunk.length === 0 || this.#dropped) return;
    this.#out.push(chunk);
    this.#outBytes += chunk.length;
    if (this.#outBytes >= LINK_BUFFER_SIZE) return this.#sendOut();
  }

  receive(brigade: Brigade): void | Promise<void> {
    if (this.#dropped) return;
    // A filter that failed is not one that stepped aside: what it was to change doesn't go out as it is.
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#removed) return this.#passBrigade(this.#withKept(brigade));
    if (!this.#begun) this.#begin();
    const isOver = this.#sawEnd;
    this.#sawEnd ||= brigade.includes(EOS);
    let done: void | Promise<void> = undefined;
    try {
      if (!('data' in this.filter)) done = this.#receiveBrigade(this.filter, brigade);
      else if (!isOver) done = this.#receiveFrom(this.filter, brigade, 0);
    } catch (error) {
      throw this.#fail(error);
    }
    if (!isThenable(done)) return;
    return done.catch((error: unknown) => {
      throw this.#fail(error);
    });
  }

  /** For a filter that has lost the end of the body. */
  passEnd(): void | Promise<void> {
    return this.#passBrigade([EOS]);
  }

  /** Gives the filter up, with everything that it has not sent. */
  drop(): void {
    this.#dropped = true;
    this.#forgetBody();
    this.#abandon();
  }

  /** Another body comes instead of the one that has begun, and goes on to `next`. */
  restart(next: BrigadeTarget): void {
    this.next = next;
    this.#failure = undefined;
    this.#begun = false;
    this.#sawEnd = false;
    this.#sentEnd = false;
    this.#forgetBody();
  }

  protected override get sender(): { name: string; call: string } {
    return { name: this.who, call: 'f.passOn(…)' };
  }

  /** From the first bucket on, the head can only describe what the filter makes. */
  #begin(): void {
    this.#begun = true;
    this.#described = describingHeaders(this.r, this.#direction, this.filter);
  }

  #receiveBrigade(filter: BrigadeFilter, brigade: Brigade): void | Promise<void> {
    const passed = filter.brigade(brigade, this);
    if (!isThenable(passed)) return this.#passResult(brigade, passed);
    this.#working = true;
    return passed.then((result) => {
      this.#working = false;
      return this.#passResult(brigade, result);
    });
  }

  #passResult(given: Brigade, result: Brigade): void | Promise<void> {
    if (!Array.isArray(result)) {
      throw new TypeError(`${this.who} returned ${typeof result}; it must return a brigade, a list of buckets`);
    }
    this.#untouched = result === given;
    return this.#passBrigade(result);
  }

  #receiveFrom(filter: FilterObject, brigade: Brigade, from: number): void | Promise<void> {
    for (let at = from; at < brigade.length; at++) {
      const bucket = brigade[at]!;
      this.#working = true;
      const handled = this.#handle(filter, bucket);
      const awaited = isThenable(handled) ? handled : this.sending;
      if (awaited !== undefined) {
        return this.#settle(awaited).then(() => {
          this.#finish(bucket);
          return this.#receiveFrom(filter, bucket === EOS ? [] : brigade, at + 1);
        });
      }
      this.#working = false;
      this.#finish(bucket);
      if (bucket === EOS) break;
    }
    return this.#sendOut();
  }

  /** A filter may look away from what is on its way; the next bucket doesn't. */
  async #settle(handled: Promise<void>): Promise<void> {
    await handled;
    if (this.sending !== undefined) await this.sending;
    this.#working = false;
    if (this.#removed) this.#abandon();
  }

  /** What the filter itself does with a bucket. */
  #handle(filter: FilterObject, bucket: Bucket): void | Promise<void> {
    if (this.#removed) {
      if (typeof bucket !== 'symbol') this.#out.push(bucket);
      return;
    }
    if (typeof bucket === 'symbol') return bucket === EOS ? filter.end?.(this) : filter.flush?.(this);
    if (bucket instanceof FileBucket) return this.#handleFile(filter, bucket);
    const chunk = typeof bucket === 'string' ? Buffer.from(bucket) : bucket;
    const handled = filter.data(chunk, this);
    if (this.#removed) this.#untouched = this.#out.length === 1 && this.#out[0] === chunk;
    return handled;
  }

  async #handleFile(filter: FilterObject, bucket: FileBucket): Promise<void> {
    let rest = bucket;
    for await (const chunk of bucket.chunks()) {
      await filter.data(chunk, this);
      rest = rest.slice(chunk.length, rest.length - chunk.length);
      if (this.#removed) break;
    }
    if (this.#removed && rest.length > 0) this.#out.push(rest);
  }

  /** The marks go on behind what the filter made of them. */
  #finish(bucket: Bucket): void {
    if (typeof bucket === 'symbol') this.#out.push(bucket);
  }

  #sendOut(): void | Promise<void> {
    if (this.#out.length === 0) return;
    const brigade = this.#out;
    this.#out = [];
    this.#outBytes = 0;
    return this.#passBrigade(brigade);
  }

  #passBrigade(brigade: Brigade): void | Promise<void> {
    // A filter that keeps everything for later has nothing to say of the head yet.
    if (brigade.length === 0 || this.#dropped) return;
    if (this.#described !== undefined) this.#correctHead(this.#described);
    if (!brigade.includes(EOS)) return this.sendOn(brigade);
    this.#sentEnd = true;
    return this.sendOn(this.#aside === undefined ? brigade : [...this.takeAside(), ...brigade]);
  }

  #correctHead(described: DescribingHeaders): void {
    this.#described = undefined;
    if (this.#removed && this.#untouched) return;
    if (this.#direction === 'input' || !this.r.committed) correctHead(this.r, described, this.#direction, this.filter);
  }

  /** For one that has stepped aside: behind what it kept, or passed on while nothing came. */
  #withKept(brigade: Brigade): Brigade {
    if (this.#aside === undefined && this.#out.length === 0) return brigade;
    const kept = [...this.#out, ...this.takeAside()];
    this.#out = [];
    this.#outBytes = 0;
    return [...kept, ...brigade];
  }

  #fail(error: unknown): unknown {
    this.#working = false;
    this.#failure = { error: blame(error, this.who) };
    this.#abandon();
    return this.#failure.error;
  }

  #forgetBody(): void {
    this.forget();
    this.#out = [];
    this.#outBytes = 0;
    this.#aside = undefined;
    this.#described = undefined;
  }

  #abandon(): void {
    if ('abandon' in this.filter) this.filter.abandon();
  }
}
