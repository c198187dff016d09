/** The engine waits only where somebody returned a promise; any thenable counts. */
export function isThenable<T>(value: T): value is Extract<T, PromiseLike<unknown>> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
