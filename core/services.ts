import type { ServiceKey } from './service-key.ts';

/** What plugins offer to others on one server. */
export class Services {
  /** Who declares each service, as messages name the plugin. */
  readonly #owners: ReadonlyMap<string, string>;
  readonly #values = new Map<string, unknown>();

  constructor(owners: ReadonlyMap<string, string>) {
    this.#owners = owners;
  }

  /**
   * The service of a plugin that has been set up.
   *
   * @throws {Error} that says who offers it, where it isn't there.
   */
  get<T>(key: ServiceKey<T>): T {
    if (this.#values.has(key.name)) return this.#values.get(key.name) as T;
    const owner = this.#owners.get(key.name);
    if (owner !== undefined) {
      throw new Error(
        `the service ${key.name} is not there yet: ${owner} provides it in its set-up; name that plugin in "dependencies" or "after"`,
      );
    }
    const advice =
      key.offeredBy === undefined ? 'load the one that does' : `load ${key.offeredBy} ("Plugin ${key.offeredBy}")`;
    throw new Error(`no plugin offers the service ${key.name}; ${advice}`);
  }

  /** The service, or undefined where nobody offers it: for optional dependencies. */
  find<T>(key: ServiceKey<T>): T | undefined {
    return this.#values.get(key.name) as T | undefined;
  }

  /** Called in the `setup` of the plugin that has the key in `services`. Throws where no plugin has, and the second time. */
  provide<T>(key: ServiceKey<T>, value: NoInfer<T>): void {
    if (!this.#owners.has(key.name)) {
      throw new Error(`no plugin declares the service ${key.name}; put its key into the list "services" of the plugin`);
    }
    if (this.#values.has(key.name)) throw new Error(`the service ${key.name} has been provided already`);
    this.#values.set(key.name, value);
  }

  /** Those of `keys` that nobody has provided. */
  missing(keys: readonly ServiceKey<unknown>[]): readonly string[] {
    return keys.map(({ name }) => name).filter((name) => !this.#values.has(name));
  }
}
