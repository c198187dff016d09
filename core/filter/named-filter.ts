import { didYouMean } from '../config/nearest-name.ts';
import type { Filter, FilterType, NamedFilter } from './filter.ts';

/** A filter that was given itself, under a name for logs. */
export function toNamedFilter(filter: Filter, name?: string): NamedFilter {
  const isFunction = typeof filter === 'function';
  const ownName = isFunction && filter.name !== '' ? filter.name : '(anonymous)';
  const { type = 'resource' } = filter as { readonly type?: FilterType };
  return { name: name ?? ownName, type, filter };
}

/** Who `filter` is, given itself or by a name that the config or a plugin declares. Throws where nobody has the name. */
export function findFilter(
  filter: string | Filter,
  declared: ReadonlyMap<string, NamedFilter>,
  brought: ReadonlyMap<string, NamedFilter>,
): NamedFilter {
  if (typeof filter !== 'string') return toNamedFilter(filter);
  const found = declared.get(filter.toLowerCase()) ?? brought.get(filter.toLowerCase());
  if (found === undefined) {
    throw new Error(`there is no filter ${filter}${didYouMean(filter, [...declared.keys(), ...brought.keys()])}`);
  }
  return found;
}
