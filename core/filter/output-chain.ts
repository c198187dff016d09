import type { RequestRecord } from '../request-record.ts';
import { type Brigade, type Bucket, EOS, FLUSH } from './bucket.ts';
import type { FilterLink } from './filter-link.ts';
import { type Filter, type NamedFilter, filterTypes } from './filter.ts';
import { insertFilter, linkedFilters } from './linked-filters.ts';
import { Outlet, type BrigadeTarget } from './outlet.ts';

/** What a handler may write before a brigade sets out: bodies of up to this size leave whole, with their length. */
const OUTPUT_BUFFER_SIZE = 16_384;

/** From this type on filters belong to the answer, whatever its content: they see error pages and redirects' targets, too. */
const firstOfAnswer = filterTypes.indexOf('protocol');

/** The filters of one request's output, from the handler to the network, and the buffer in front of them. */
export class OutputChain extends Outlet {
  readonly #target: BrigadeTarget;
  #buffered: Brigade = [];
  #bufferedLength = 0;
  /** Those of the request that was redirected here; none is added once more. */
  #inherited: Map<Filter, FilterLink> | undefined = undefined;
  /** True once EOS has entered the chain. */
  ended = false;

  constructor(r: RequestRecord, target: BrigadeTarget) {
    super(r, target);
    this.#target = target;
  }

  /** Those that have not stepped aside. */
  get filters(): readonly FilterLink[] {
    return linkedFilters(this).filter(({ isRemoved }) => !isRemoved);
  }

  /** The last one that is being waited for, while nothing after it is. */
  get stuckFilter(): FilterLink | undefined {
    return linkedFilters(this).findLast(({ isStuck }) => isStuck);
  }

  /** The one that kept the end of the body to itself. */
  get endlessFilter(): FilterLink | undefined {
    return linkedFilters(this).find(({ lostEnd }) => lostEnd);
  }

  /** Puts a filter behind those of its own and earlier types. */
  add(named: NamedFilter): FilterLink {
    const inherited = this.#inherited?.get(named.filter);
    if (inherited !== undefined) return inherited;
    const rank = filterTypes.indexOf(named.type);
    return insertFilter(this, named, (link) => link.rank <= rank, 'output');
  }

  /** Puts the filters of the resource that this request has become in front of its own, each at the place of its type. */
  takeOver(other: OutputChain): void {
    for (const { named, rank } of other.filters.toReversed()) {
      insertFilter(this, named, (link) => link.rank < rank, 'output');
    }
  }

  /** Takes those filters that stay with an answer when its request is redirected. */
  inherit(other: OutputChain): void {
    const staying = other.filters.filter(({ rank }) => rank >= firstOfAnswer);
    if (staying.length > 0) this.#inherited = new Map(staying.map(({ named }) => [named.filter, this.add(named)]));
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

  /** Forgets what was written and drops the filters of the content: an error page takes over. */
  reset(): void {
    this.#buffered = [];
    this.#bufferedLength = 0;
    this.ended = false;
    this.forget();
    const links = linkedFilters(this);
    this.next = this.#target;
    for (const link of links.toReversed()) {
      if (link.rank < firstOfAnswer || link.hasFailed || link.isStuck) link.drop();
      else {
        link.restart(this.next);
        this.next = link;
      }
    }
  }

  protected override get sender(): { name: string; call: string } {
    return { name: `the handler ${this.r.step?.name}`, call: 'r.write(…)' };
  }

  #send(): void | Promise<void> {
    const brigade = this.#buffered;
    this.#buffered = [];
    this.#bufferedLength = 0;
    return this.sendOn(brigade);
  }
}
