import type { BrigadeFilter, FilterObject } from '../../core/filter/filter.ts';
import { isThenable } from '../../core/thenable.ts';
import type { Breaches } from './breaches.ts';
import { blockedMessage } from './watch-loop.ts';

export interface FilterLimits {
  readonly blocking: number;
  readonly holding: number;
}

/** A filter that does what `filter` does, and throws where that was a breach. `passed` tells how many bytes it has passed on. */
export function watchFilter(
  filter: FilterObject | BrigadeFilter,
  name: string,
  passed: () => number,
  breaches: Breaches,
  { blocking, holding }: FilterLimits,
): FilterObject | BrigadeFilter {
  const timed = <A extends unknown[], T>(part: (...args: A) => T) => {
    return (...args: A): T => {
      const started = performance.now();
      const done = part.apply(filter, args);
      const busy = performance.now() - started;
      if (busy > blocking) throw breaches.error(blockedMessage(`the filter ${name}`, busy, blocking));
      return done;
    };
  };
  const { init } = filter;
  const shared = {
    ...(filter.type === undefined ? {} : { type: filter.type }),
    ...(filter.changes === undefined ? {} : { changes: filter.changes }),
    ...(init === undefined ? {} : { init: timed(init) }),
  };
  if (!('data' in filter)) return { ...shared, brigade: timed(filter.brigade) };
  const { flush, end } = filter;
  const data = timed(filter.data);
  const held = { bytes: 0, passed: 0 };
  return {
    ...shared,
    ...(flush === undefined ? {} : { flush: timed(flush) }),
    ...(end === undefined ? {} : { end: timed(end) }),
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
      const done = data(chunk, f);
      if (isThenable(done)) return done.then(() => assertUntouched(chunk, original));
      return assertUntouched(chunk, original);
    },
  };

  function assertUntouched(chunk: Uint8Array, original: Buffer): void {
    if (original.equals(chunk)) return;
    throw breaches.error(
      `the filter ${name} changed the bytes of a chunk in place; they may be kept for other requests: change a copy, Buffer.from(chunk)`,
    );
  }
}
