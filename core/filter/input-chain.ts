import type { BodySource } from '../body/body-source.ts';
import type { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { type Brigade, EOS, FLUSH, FileBucket } from './bucket.ts';
import type { FilterLink } from './filter-link.ts';
import { type NamedFilter, filterTypes } from './filter.ts';
import { insertFilter, linkedFilters } from './linked-filters.ts';
import { type BrigadeTarget, Outlet } from './outlet.ts';

/** What may lie ready for the handler before the filters have to wait. */
const READY_LIMIT = 65_536;

/**
 * The filters of one request's body, from the network to the handler: the first one that was added is the nearest to the
 * handler, as in Apache. Nothing is taken from the `source` before the handler asks for it.
 */
export class InputChain extends Outlet implements BodySource {
  readonly #source: BodySource;
  readonly #ready: ReadyPieces;
  #pushing: Promise<void> | undefined = undefined;
  #failure: { readonly error: unknown } | undefined = undefined;
  /** True once the handler has asked for bytes. */
  started = false;

  constructor(r: RequestRecord, source: BodySource) {
    const ready = new ReadyPieces();
    super(r, ready);
    this.#ready = ready;
    this.#source = source;
  }

  /** From the handler to the network, without those that have stepped aside. */
  get filters(): readonly FilterLink[] {
    return linkedFilters(this)
      .filter(({ isRemoved }) => !isRemoved)
      .toReversed();
  }

  /** The last one that is being waited for, while nothing after it is. */
  get stuckFilter(): FilterLink | undefined {
    return linkedFilters(this).findLast(({ isStuck }) => isStuck);
  }

  /** Puts a filter behind those of its own and earlier types, seen from the handler. */
  add(named: NamedFilter): FilterLink {
    const rank = filterTypes.indexOf(named.type);
    return insertFilter(this, named, (link) => link.rank > rank, 'input');
  }

  async pull(): Promise<Uint8Array | null> {
    this.started = true;
    for (;;) {
      const piece = this.#ready.shift();
      if (piece !== undefined) return piece;
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#ready.ended) return null;
      this.#pushing ??= this.#push();
      await Promise.race([this.#pushing, this.#ready.arrival()]);
    }
  }

  protected override get sender(): { name: string; call: string } {
    return { name: 'the body of the request', call: 'what the filters promise' };
  }

  /** Sends one piece of the source through the filters. */
  async #push(): Promise<void> {
    try {
      const piece = await this.#source.pull();
      await this.sendOn([piece ?? EOS]);
      if (piece === null && !this.#ready.ended) await this.#passLostEnd();
    } catch (error) {
      this.#failure = { error };
    }
    this.#pushing = undefined;
  }

  async #passLostEnd(): Promise<void> {
    for (let lost = this.#endless(); lost !== undefined; lost = this.#endless()) {
      this.r.log(`${lost.who} lost the end of the body`, 'warn', 'core');
      const passed = lost.passEnd();
      if (isThenable(passed)) await passed;
    }
    this.#ready.ended = true;
  }

  #endless(): FilterLink | undefined {
    return linkedFilters(this).find(({ lostEnd }) => lostEnd);
  }
}

/** The end of the chain: what has come through and waits for the handler. */
class ReadyPieces implements BrigadeTarget {
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #arrived: () => void = () => undefined;
  #taken: () => void = () => undefined;
  ended = false;

  async receive(brigade: Brigade): Promise<void> {
    for (const bucket of brigade) {
      if (bucket === EOS) this.ended = true;
      else if (bucket instanceof FileBucket) for await (const chunk of bucket.chunks()) await this.#add(chunk);
      else if (bucket !== FLUSH) await this.#add(typeof bucket === 'string' ? Buffer.from(bucket) : bucket);
    }
    this.#arrived();
  }

  /** Done when something has come, or the end. */
  arrival(): Promise<void> {
    return new Promise((resolve) => (this.#arrived = resolve));
  }

  shift(): Uint8Array | undefined {
    const piece = this.#pieces.shift();
    this.#bytes -= piece?.length ?? 0;
    if (this.#bytes < READY_LIMIT) this.#taken();
    return piece;
  }

  /** The handler's pace is that of the filters: it has taken what was ready before more is. */
  async #add(piece: Uint8Array): Promise<void> {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    this.#arrived();
    if (this.#bytes >= READY_LIMIT) await new Promise<void>((resolve) => (this.#taken = resolve));
  }
}
