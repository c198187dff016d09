import { orderByConstraints } from './named-order.ts';
import type { HookPlace } from './plugin.ts';

export interface OrderedHook {
  readonly plugin: string;
  readonly place: HookPlace;
}

const rank = { first: 0, middle: 10, last: 20 } as const;

/**
 * Sorts the hooks of one phase: by `order`, stable, and then so that every `before` and `after` holds; names win over
 * `order`, as in Apache. Throws an Error that prints the circle, each plugin as `describe` says it, where the names contradict
 * each other.
 */
export function orderHooks<Hook extends OrderedHook>(
  hooks: readonly Hook[],
  phase: string,
  describe: (plugin: string) => string = (plugin) => plugin,
): Hook[] {
  const byRank = hooks.toSorted((a, b) => rankOf(a) - rankOf(b));
  return orderByConstraints(byRank, mustPrecede, ({ plugin }) => describe(plugin), `the hooks of phase ${phase}`);
}

function rankOf({ place }: OrderedHook): number {
  return rank[place.order ?? 'middle'];
}

function mustPrecede(earlier: OrderedHook, later: OrderedHook): boolean {
  if (earlier.plugin === later.plugin) return false;
  return earlier.place.before?.includes(later.plugin) === true || later.place.after?.includes(earlier.plugin) === true;
}
