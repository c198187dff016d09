import type { Config } from '../config/directive.ts';
import type { ServerRecord } from '../server-record.ts';
import type { Filter, FilterType, NamedFilter } from './filter.ts';
import type { Direction } from './filter-link.ts';

/** A filter that was given itself, under a name for logs. */
export function toNamedFilter(filter: Filter, name?: string): NamedFilter {
  const isFunction = typeof filter === 'function';
  const ownName = isFunction && filter.name !== '' ? filter.name : '(anonymous)';
  const { type = 'resource' } = filter as { readonly type?: FilterType };
  return { name: name ?? ownName, type, filter };
}

/** Who `filter` is, given itself or by a name that the config or a plugin of the server declares. */
export function findFilter(
  filter: string | Filter,
  direction: Direction,
  { server, config }: { readonly server: ServerRecord; readonly config: Config },
): NamedFilter | undefined {
  if (typeof filter !== 'string') return toNamedFilter(filter);
  const name = filter.toLowerCase();
  return direction === 'input'
    ? (config.inputFilter.get(name) ?? server.inputFilters.get(name))
    : (config.outputFilter.get(name) ?? server.outputFilters.get(name));
}
