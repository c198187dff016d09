import type { DirectiveSite } from '../../core/config/directive.ts';

/** Given who matches, whether a client may. */
export type Order = (isAllowed: boolean, isDenied: boolean) => boolean;

const orders: ReadonlyMap<string, Order> = new Map([
  ['allow,deny', (isAllowed: boolean, isDenied: boolean) => isAllowed && !isDenied],
  ['deny,allow', (isAllowed: boolean, isDenied: boolean) => isAllowed || !isDenied],
  ['mutual-failure', (isAllowed: boolean, isDenied: boolean) => isAllowed && !isDenied],
]);

/** What holds where no Order is written. */
export const defaultOrder = orders.get('deny,allow')!;

export function parseOrder(word: string, site: DirectiveSite): Order {
  const order = orders.get(word.toLowerCase());
  return order ?? site.fail(`Order is ${[...orders.keys()].join(', ')}, without a blank, not "${word}"`);
}
