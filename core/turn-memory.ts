/**
 * Keeps a value until the event loop has turned: requests that came in together may share what was found out for the first
 * of them, such as that a file hasn't changed; the next one to come in asks again.
 *
 * @example
 * const looked = new TurnMemory(() => statSync(path));
 * looked.value.mtimeMs;
 */
export class TurnMemory<T extends object> {
  readonly #find: () => T;
  #value: T | undefined = undefined;

  constructor(find: () => T) {
    this.#find = find;
  }

  /** Throws what finding it out throws, and keeps nothing then. */
  get value(): T {
    if (this.#value === undefined) {
      this.#value = this.#find();
      setImmediate(() => (this.#value = undefined));
    }
    return this.#value;
  }
}
