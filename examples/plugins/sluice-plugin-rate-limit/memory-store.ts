import type { Limit } from './limit.ts';
import type { RateLimitStore, Taken } from './stores.ts';

/** Counts in this process. */
export class MemoryStore implements RateLimitStore {
  readonly #size: number;
  readonly #now: () => number;
  /** When all of a client's requests are free again; clients in the order in which they were last seen. */
  readonly #free = new Map<string, number>();

  /** `now` gives microseconds of a clock that is never set back. */
  constructor(size: number, now: () => number = () => Math.round(performance.now() * 1_000)) {
    this.#size = size;
    this.#now = now;
  }

  take(key: string, { window, spacing }: Pick<Limit, 'window' | 'spacing'>): Taken {
    const now = this.#now();
    const free = Math.max(this.#free.get(key) ?? now, now);
    const next = free + spacing;
    const wait = next - window - now;
    if (wait > 0) return { wait, debt: free - now };
    this.#free.delete(key);
    this.#free.set(key, next);
    if (this.#free.size > this.#size) this.#forgetOldest();
    return { wait: 0, debt: next - now };
  }

  close(): void {
    this.#free.clear();
  }

  #forgetOldest(): void {
    for (const key of this.#free.keys()) {
      this.#free.delete(key);
      return;
    }
  }
}
