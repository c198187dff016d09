/**
 * Sorts `items`, stable, so that `mustPrecede` holds for every two of them.
 *
 * @throws {Error} that prints the circle, each item by `nameOf`, where there is no such order.
 */
export function orderByConstraints<Item>(
  items: readonly Item[],
  mustPrecede: (earlier: Item, later: Item) => boolean,
  nameOf: (item: Item) => string,
  what: string,
): Item[] {
  const waiting = [...items];
  const ordered: Item[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((item) => !waiting.some((other) => other !== item && mustPrecede(other, item)));
    if (at < 0) {
      const names = circle(waiting, mustPrecede).map(nameOf);
      throw new Error(`${what} can't be ordered: ${names.join(' must run before ')}; remove one of these constraints`);
    }
    ordered.push(...waiting.splice(at, 1));
  }
  return ordered;
}

/** Everybody left waits for somebody who is left, so following the predecessors must come round. */
function circle<Item>(waiting: readonly Item[], mustPrecede: (earlier: Item, later: Item) => boolean): Item[] {
  const path: Item[] = [];
  let item = waiting[0]!;
  while (!path.includes(item)) {
    path.push(item);
    const current = item;
    item = waiting.find((other) => other !== current && mustPrecede(other, current))!;
  }
  return [...path.slice(path.indexOf(item)), item].reverse();
}
