import type { RequestRecord } from '../request-record.ts';
import type { Table } from '../table.ts';
import type { FilterDeclaration } from './filter.ts';
import type { Direction } from './filter-link.ts';

/** What a head says of the bytes of its body; it no longer holds once a filter has changed them. */
const names = [
  'Content-Length',
  'ETag',
  'Last-Modified',
  'Accept-Ranges',
  'Content-Range',
  'Content-MD5',
  'Content-Digest',
  'Repr-Digest',
  'Digest',
] as const;

/** Those that hold all the same, by what a filter changes. */
const holding: Readonly<Record<NonNullable<FilterDeclaration['changes']>, ReadonlySet<string>>> = {
  anything: new Set(),
  // The part of a body that a handler gave stays the same part.
  sameLength: new Set(['Content-Length', 'Content-Range']),
  // These hold for the content in whatever coding, or are set by the filter that encodes it.
  coding: new Set(['ETag', 'Last-Modified', 'Accept-Ranges', 'Content-Range']),
  nothing: new Set(names),
};

/** The values before a filter saw the body; those that it sets itself are told from those of the original by them. */
export type DescribingHeaders = readonly (string | undefined)[];

/** Undefined where nothing of the head will have to be corrected. */
export function describingHeaders(
  r: RequestRecord,
  direction: Direction,
  { changes, noRanges, private: isPrivate, vary }: FilterDeclaration,
): DescribingHeaders | undefined {
  if (changes === 'nothing' && noRanges !== true && isPrivate !== true && vary === undefined) return undefined;
  if (direction === 'input') return valuesOf(r.headersIn);
  return r.hasHeadersOut ? valuesOf(r.headersOut) : [];
}

/** Drops what is still as it was before the filter, and says what the filter declares. */
export function correctHead(
  r: RequestRecord,
  before: DescribingHeaders,
  direction: Direction,
  { changes = 'anything', noRanges, private: isPrivate, vary }: FilterDeclaration,
): void {
  if (before.length > 0) dropStale(direction === 'input' ? r.headersIn : r.headersOut, before, holding[changes]);
  if (direction === 'input') return;
  if (noRanges === true) r.headersOut.set('Accept-Ranges', 'none');
  if (isPrivate === true) r.headersOut.merge('Cache-Control', 'private');
  if (vary !== undefined) r.varyOn(vary);
}

function valuesOf(table: Table): DescribingHeaders {
  return names.map((name) => table.get(name));
}

function dropStale(table: Table, before: DescribingHeaders, holds: ReadonlySet<string>): void {
  for (const [at, name] of names.entries()) {
    const value = before[at];
    // That there are no ranges is as true as before.
    if (value === undefined || value === 'none' || holds.has(name)) continue;
    if (table.get(name) === value) table.delete(name);
  }
}
