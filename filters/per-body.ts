import type { FilterContext, FilterObject } from '../core/filter/filter.ts';

/** The part of a filter that works on one body. */
export type BodyRun = Pick<FilterObject, 'data' | 'end'>;

/**
 * An input filter whose state belongs to one request: `open` is called when its body is first read, and gives undefined where
 * the body is to pass as it is. Otherwise what the head says of its length no longer holds.
 */
export function perBody(open: (f: FilterContext) => BodyRun | undefined): FilterObject {
  const runs = new WeakMap<FilterContext, BodyRun>();
  const begin = (f: FilterContext): BodyRun => {
    const run = open(f);
    if (run !== undefined) f.r.headersIn.delete('Content-Length');
    runs.set(f, run ?? untouched);
    return run ?? untouched;
  };
  return {
    data: (chunk, f) => (runs.get(f) ?? begin(f)).data(chunk, f),
    end: (f) => runs.get(f)?.end?.(f),
  };
}

const untouched: BodyRun = { data: (chunk, f) => f.passOn(chunk) };
