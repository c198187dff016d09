import { isThenable } from '../thenable.ts';

/** A promise only where something asynchronous, such as a subrequest, had to be asked. */
export type Evaluated<T> = T | Promise<T>;

export function isPending<T>(value: Evaluated<T>): value is Promise<T> {
  return isThenable(value);
}

/** Goes on with `use` now, or when `value` is there. */
export function whenReady<T, Result>(value: Evaluated<T>, use: (value: T) => Evaluated<Result>): Evaluated<Result> {
  return isPending(value) ? value.then(use) : use(value);
}
