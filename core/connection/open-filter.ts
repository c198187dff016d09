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

/** For one connection, what fits. */
export function toOpenFilter(named: NamedFilter): OpenFilter {
  return { name: named.name, filter: toFilterObject(named) as ConnectionFilterObject };
}
