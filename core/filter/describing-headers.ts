import type { RequestRecord } from '../request-record.ts';
import type { FilterObject } from './filter.ts';

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

/** These hold for the content in whatever coding, or are set by the filter that encodes it. */
const ofAnyCoding: ReadonlySet<string> = new Set(['ETag', 'Last-Modified', 'Accept-Ranges', 'Content-Range']);

/** The values before a filter sees the body, so that those which it sets itself can be told from those of the original. */
export function describingHeaders(r: RequestRecord): readonly (string | undefined)[] | undefined {
  return r.hasHeadersOut ? names.map((name) => r.headersOut.get(name)) : undefined;
}

/** Drops those that are still as they were `before` a filter that `changes` the body. */
export function dropStaleHeaders(
  r: RequestRecord,
  before: readonly (string | undefined)[],
  changes: FilterObject['changes'],
): void {
  for (const [at, name] of names.entries()) {
    if (name === 'Content-Length' && changes === 'sameLength') continue;
    if (changes === 'coding' && ofAnyCoding.has(name)) continue;
    // That there are no ranges is as true as before.
    if (before[at] === 'none') continue;
    if (before[at] !== undefined && r.headersOut.get(name) === before[at]) r.headersOut.delete(name);
  }
}
