/** Which filter threw an error; undefined for one that a filter was only in the way of. */
const culprits = new WeakMap<object, string | undefined>();

/** Remembers who threw, and gives what is to be thrown on; the first one who is blamed stays it. */
export function blame(thrown: unknown, culprit: string | undefined): unknown {
  if (typeof thrown !== 'object' || thrown === null) {
    return blame(new Error(`threw ${String(thrown)}, which is not an Error`), culprit);
  }
  if (!culprits.has(thrown)) culprits.set(thrown, culprit);
  return thrown;
}

/** The filter that threw, as logs name it. */
export function culpritOf(thrown: unknown): string | undefined {
  return typeof thrown === 'object' && thrown !== null ? culprits.get(thrown) : undefined;
}
