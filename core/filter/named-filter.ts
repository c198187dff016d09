import type { Filter, NamedFilter } from './filter.ts';

/** A filter that was given itself, under a name for logs. */
export function toNamedFilter(filter: Filter, name?: string): NamedFilter {
  const isFunction = typeof filter === 'function';
  const ownName = isFunction && filter.name !== '' ? filter.name : '(anonymous)';
  return { name: name ?? ownName, type: isFunction ? 'resource' : (filter.type ?? 'resource'), filter };
}
