/** The name, and the type, of a service that one plugin offers to others. */
export class ServiceKey<T> {
  /** Counts for all copies of the module that made the key. */
  readonly name: string;
  /** The plugin or package to load where nobody offers the service. */
  readonly offeredBy: string | undefined;
  /** Only there to tie the type to the key. */
  declare readonly type: T;

  constructor(name: string, offeredBy: string | undefined) {
    this.name = name;
    this.offeredBy = offeredBy;
  }
}

/**
 * Makes the key of a service, which the plugin that offers it lists in `services` and exports for those who use it.
 *
 * @example
 * export const rateStore = serviceKey<RateStore>('rate_limit.store', 'sluice-plugin-rate-limit');
 * // in a plugin that uses it, with 'sluice-plugin-rate-limit' among its dependencies
 * const store = r.server.services.get(rateStore);
 */
export function serviceKey<T>(name: string, offeredBy?: string): ServiceKey<T> {
  return new ServiceKey<T>(name, offeredBy);
}
