import type { MethodSet } from '../../core/config/directive.ts';
import type { Order } from './order.ts';
import type { Origin } from './origin.ts';

/** Something that holds for all methods, or for those of the Limit around it. */
interface Limited<T> {
  readonly value: T;
  readonly methods?: MethodSet;
}

/** The lines of a section. */
export interface AccessRules {
  readonly orders: readonly Limited<Order>[];
  readonly allows: readonly Limited<Origin>[];
  readonly denies: readonly Limited<Origin>[];
  readonly satisfies: readonly Limited<'all' | 'any'>[];
}

export const noRules: AccessRules = { orders: [], allows: [], denies: [], satisfies: [] };

export function combineRules(
  earlier: AccessRules | undefined = noRules,
  later: AccessRules | undefined = noRules,
): AccessRules {
  return {
    orders: [...earlier.orders, ...later.orders],
    allows: [...earlier.allows, ...later.allows],
    denies: [...earlier.denies, ...later.denies],
    satisfies: [...earlier.satisfies, ...later.satisfies],
  };
}

/** The lines inside a Limit are about some methods only. */
export function narrowRules(rules: AccessRules | undefined, methods: MethodSet): AccessRules | undefined {
  const narrow = <T>(lines: readonly Limited<T>[]): Limited<T>[] => lines.map(({ value }) => ({ value, methods }));
  return (
    rules && {
      orders: narrow(rules.orders),
      allows: narrow(rules.allows),
      denies: narrow(rules.denies),
      satisfies: narrow(rules.satisfies),
    }
  );
}

/** What the last line for a method says. */
export function lastFor<T>(lines: readonly Limited<T>[], method: string): T | undefined {
  return lines.findLast(({ methods }) => methods === undefined || methods.has(method))?.value;
}
