import type { ConnectionFilterObject, NamedFilter } from '../filter/filter.ts';
import { toFilterObject } from '../filter/filter-forms.ts';
import type { OpenFilter } from './connection-filter.ts';

/** What keeps a filter from standing in a connection's way, as the rest of a sentence; undefined where nothing does. */
export function unfitForConnections({ type, filter }: NamedFilter): string | undefined {
  if (type !== 'connection' && type !== 'network') {
    return `is of the type ${type}, which needs a request; filters of connections say type: 'connection' or 'network'`;
  }
  if ('brigade' in filter) return 'takes brigades, which only the bodies of requests move in';
  if ('init' in filter) return 'has an init, which only filters of requests have';
  return undefined;
}

/** A filter for one connection. Throws where it is none for connections. */
export function toOpenFilter(named: NamedFilter): OpenFilter {
  const unfit = unfitForConnections(named);
  if (unfit !== undefined) throw new TypeError(`the filter ${named.name} ${unfit}`);
  return { name: named.name, filter: toFilterObject(named) as ConnectionFilterObject };
}
