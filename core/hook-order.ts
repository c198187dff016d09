import type { HookPlace } from './plugin.ts';

export interface OrderedHook {
  readonly plugin: string;
  readonly place: HookPlace;
}

const rank = { first: 0, middle: 10, last: 20 } as const;

/**
 * Sorts the hooks of one phase: by `order`, stable, and then so that every `before` and `after` holds; names win over
 * `order`, as in Apache. Throws an Error that prints the circle where the names contradict each other.
 */
export function orderHooks<Hook extends OrderedHook>(hooks: readonly Hook[], phase: string): Hook[] {
  const waiting = hooks
    .map((hook, index) => ({ hook, index, rank: rank[hook.place.order ?? 'middle'] }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ hook }) => hook);
  const ordered: Hook[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((hook) => !waiting.some((other) => mustPrecede(other, hook)));
    if (at < 0) throw new Error(`the hooks of phase ${phase} can't be ordered: ${circle(waiting)}`);
    ordered.push(...waiting.splice(at, 1));
  }
  return ordered;
}

function mustPrecede(earlier: OrderedHook, later: OrderedHook): boolean {
  if (earlier.plugin === later.plugin) return false;
  return earlier.place.before?.includes(later.plugin) === true || later.place.after?.includes(earlier.plugin) === true;
}

/** Everybody left waits for somebody who is left, so following the predecessors must come round. */
function circle(waiting: readonly OrderedHook[]): string {
  const path: OrderedHook[] = [];
  let hook = waiting[0]!;
  while (!path.includes(hook)) {
    path.push(hook);
    hook = waiting.find((other) => mustPrecede(other, hook))!;
  }
  const names = [...path.slice(path.indexOf(hook)), hook].map(({ plugin }) => plugin);
  return `${names.reverse().join(' must run before ')}; remove one of these constraints`;
}
