import type { AdaptedFilter } from '../../core/filter/filter-forms.ts';
import type { BrigadeFilter, FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { isThenable } from '../../core/thenable.ts';
import type { Breaches } from './breaches.ts';
import { blockedMessage } from './watch-loop.ts';

export interface FilterLimits {
  readonly blocking: number;
  readonly holding: number;
}

/** A filter that does what `filter` does, and throws where that was a breach. `passed` tells how many bytes it has passed on. */
export function watchFilter(
  filter: FilterObject | BrigadeFilter | AdaptedFilter,
  name: string,
  passed: () => number,
  breaches: Breaches,
  { blocking, holding }: FilterLimits,
): FilterObject | BrigadeFilter {
  const timed = <T>(part: () => T): T => {
    const started = performance.now();
    const done = part();
    const busy = performance.now() - started;
    if (busy > blocking) throw breaches.error(blockedMessage(`the filter ${name}`, busy, blocking));
    return done;
  };
  const assertUntouched = (chunk: Uint8Array, original: Buffer): void => {
    if (original.equals(chunk)) return;
    throw breaches.error(
      `the filter ${name} changed the bytes of a chunk in place; they may be kept for other requests: change a copy, Buffer.from(chunk)`,
    );
  };
  const shared = {
    // What the filter declares of itself.
    ...filter,
    ...('abandon' in filter ? { abandon: () => filter.abandon() } : {}),
    ...(filter.init === undefined ? {} : { init: (f: FilterContext) => timed(() => filter.init!(f)) }),
  };
  if (!('data' in filter)) return { ...shared, brigade: (brigade, f) => timed(() => filter.brigade(brigade, f)) };
  const held = { bytes: 0, passed: 0 };
  return {
    ...shared,
    ...(filter.flush === undefined ? {} : { flush: (f: FilterContext) => timed(() => filter.flush!(f)) }),
    ...(filter.end === undefined ? {} : { end: (f: FilterContext) => timed(() => filter.end!(f)) }),
    data(chunk, f) {
      if (passed() > held.passed) held.bytes = 0;
      held.passed = passed();
      held.bytes += chunk.length;
      // What a compressor passes on late it has not kept.
      if (held.bytes > holding && filter.changes !== 'coding') {
        throw breaches.error(
          `the filter ${name} has taken ${held.bytes} bytes without passing any on: pass on what is ready, so that a body of any size fits in memory`,
        );
      }
      const original = Buffer.from(chunk);
      const done = timed(() => filter.data(chunk, f));
      if (isThenable(done)) return done.then(() => assertUntouched(chunk, original));
      return assertUntouched(chunk, original);
    },
  };
}
