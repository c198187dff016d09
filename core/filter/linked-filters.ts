import { type Direction, FilterLink } from './filter-link.ts';
import type { NamedFilter } from './filter.ts';
import type { Outlet } from './outlet.ts';

/** The filters of a chain that begins at `head`, in the order in which a body meets them. */
export function linkedFilters(head: Outlet): FilterLink[] {
  const links: FilterLink[] = [];
  for (let at = head.next; at instanceof FilterLink; at = at.next) links.push(at);
  return links;
}

/** Puts a filter behind those at the beginning of the chain that stay `before` it. */
export function insertFilter(
  head: Outlet,
  named: NamedFilter,
  before: (link: FilterLink) => boolean,
  direction: Direction,
): FilterLink {
  let place = head;
  while (place.next instanceof FilterLink && before(place.next)) place = place.next;
  const link = new FilterLink(head.r, named, place.next, direction);
  place.next = link;
  return link;
}
