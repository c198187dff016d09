/** The name under which a plugin keeps its own typed data on a request or connection. */
export class StateKey<T> {
  /** For people who debug. */
  readonly name: string;
  /** Only there to tie the type to the key. */
  declare readonly type: T;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Makes a key for `r.state`.
 *
 * @example
 * const started = stateKey<number>('timing.started');
 * r.state.set(started, performance.now());
 */
export function stateKey<T>(name: string): StateKey<T> {
  return new StateKey<T>(name);
}

/**
 * Data of many owners, each under its own key object.
 *
 * @example
 * r.connection.state.set(logins, (r.connection.state.get(logins) ?? 0) + 1);
 */
export class State {
  readonly #values = new Map<StateKey<unknown>, unknown>();

  /** The value under `key`; undefined where nobody has set one. */
  get<T>(key: StateKey<T>): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  /** Keeps a value under `key`. */
  set<T>(key: StateKey<T>, value: T): void {
    this.#values.set(key, value);
  }

  /** Whether somebody has set a value under `key`. */
  has(key: StateKey<unknown>): boolean {
    return this.#values.has(key);
  }

  /** Forgets the value under `key`; true where there was one. */
  delete(key: StateKey<unknown>): boolean {
    return this.#values.delete(key);
  }
}
