import type { BodySource } from '../body/body-source.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import type { RequestRecord } from '../request-record.ts';
import type { FilterContext, FilterObject, NamedFilter } from './filter.ts';
import { toFilterObject } from './filter-forms.ts';

/** Puts filters between `source` and the handler: the first one is the nearest to the handler, as in Apache. */
export function filterInput(source: BodySource, filters: readonly NamedFilter[], r: RequestRecord): BodySource {
  return filters.reduceRight<BodySource>((next, named) => new InputLink(r, named, next), source);
}

/** One filter of a request's body: pulled by the one in front of it, it pulls from the one behind. */
class InputLink implements BodySource, FilterContext {
  readonly r: RequestRecord;
  readonly name: string;
  readonly #filter: FilterObject;
  readonly #next: BodySource;
  readonly #passed: Uint8Array[] = [];
  #ended = false;
  #removed = false;

  constructor(r: RequestRecord, named: NamedFilter, next: BodySource) {
    const filter = toFilterObject(named);
    if (!('data' in filter))
      throw new TypeError(`the filter ${named.name} takes brigades, so it can't filter a request's body`);
    this.r = r;
    this.name = named.name;
    this.#filter = filter;
    this.#next = next;
  }

  get connection(): ConnectionRecord {
    return this.r.connection;
  }

  registerCleanup(cleanup: () => unknown): void {
    this.r.registerCleanup(cleanup);
  }

  passOn(chunk: Uint8Array | string): void {
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new TypeError(`the filter ${this.name} passed on ${typeof chunk}; it must pass on bytes or text`);
    }
    if (chunk.length > 0) this.#passed.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }

  remove(): void {
    this.#removed = true;
  }

  async pull(): Promise<Uint8Array | null> {
    for (;;) {
      const passed = this.#passed.shift();
      if (passed !== undefined) return passed;
      if (this.#ended) return null;
      const chunk = await this.#next.pull();
      this.#ended = chunk === null;
      if (this.#removed) return chunk;
      if (chunk === null) await this.#filter.end?.(this);
      else await this.#filter.data(chunk, this);
    }
  }
}
