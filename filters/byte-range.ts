import { randomBytes } from 'node:crypto';
import { httpDate } from '../core/conditional.ts';
import { errorPage } from '../core/error-page.ts';
import { type Brigade, EOS, FLUSH } from '../core/filter/bucket.ts';
import type { FilterLink } from '../core/filter/filter-link.ts';
import type { BrigadeFilter, FilterContext } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { fullType } from '../core/response-head.ts';
import { type ByteRange, parseByteRanges } from './byte-range-set.ts';
import { hideRange, rangeOf } from './hidden-range.ts';
import { rangeLimitDirectives } from './range-limits.ts';
import { type PlacedBuckets, placeBuckets, sliceInto } from './slice-brigade.ts';

const byteRangeFilter: BrigadeFilter = {
  type: 'protocol',
  changes: 'nothing',
  brigade(brigade: Brigade, f: FilterContext): Brigade {
    // Ranges can be cut only from a body that is all there; what comes later passes by.
    f.remove();
    return isWhole(brigade) && mayBePartial(f.r) ? answerRange(f.r, brigade) : brigade;
  },
};

/** Answers Range requests (RFC 9110 §14) from any body that is complete in one go: 206, or 416. */
export const byteRange = definePlugin({
  name: 'byterange',
  directives: rangeLimitDirectives,
  outputFilters: { BYTERANGE: byteRangeFilter },
  insertFilters: {
    order: 'last',
    when: ({ maxRanges }) => maxRanges > 0,
    insert(r) {
      // RFC 9110 §14.2: Range is defined for GET alone.
      const range = r.method === 'GET' ? r.headersIn.get('Range') : undefined;
      if (range === undefined) return;
      const { filters } = r.output;
      if (filters.some(({ filter }) => filter.noRanges)) {
        r.headersIn.delete('Range');
        return;
      }
      r.addOutputFilter('BYTERANGE');
      if (filters.some(changesContent)) hideRange(r, range);
    },
  },
});

/** A handler that knows ranges itself would give a part of what is yet to be changed. */
function changesContent({ filter: { changes = 'anything' } }: FilterLink): boolean {
  return changes === 'anything';
}

function isWhole(brigade: Brigade): boolean {
  return brigade.at(-1) === EOS && !brigade.includes(FLUSH);
}

function mayBePartial(r: RequestRecord): boolean {
  if (r.status !== 200 || r.headersOut.has('Content-Range') || r.headersOut.get('Accept-Ranges') === 'none')
    return false;
  const ifRange = r.headersIn.get('If-Range');
  if (ifRange === undefined) return true;
  // One tag, and a strong one: weak ones are no promise for single bytes.
  if (ifRange.includes('"')) return ifRange === r.headersOut.get('ETag') && !ifRange.startsWith('W/');
  // RFC 9110 §13.1.5: the very same date, of a file that can't have changed again within that second.
  const modified = httpDate(r.headersOut.get('Last-Modified'));
  return modified !== undefined && modified === httpDate(ifRange) && modified < r.requestTime - 1_000;
}

function answerRange(r: RequestRecord, brigade: Brigade): Brigade {
  const body = placeBuckets(brigade);
  const ranges = body.length === 0 ? undefined : parseByteRanges(rangeOf(r) ?? '', body.length, r.config);
  if (ranges === undefined) return brigade;
  r.headersOut.delete('Content-Length');
  const [first, second] = ranges;
  if (first === undefined) return refuse(r, body.length);
  r.status = 206;
  if (second !== undefined) return inParts(r, body, ranges);
  r.headersOut.set('Content-Range', contentRange(first, body.length));
  const part: Brigade = [];
  sliceInto(part, body, first);
  part.push(EOS);
  return part;
}

function refuse(r: RequestRecord, length: number): Brigade {
  r.startOver(416);
  r.status = 416;
  r.contentType = 'text/html';
  r.charset = 'utf-8';
  r.headersOut.set('Content-Range', `bytes */${length}`);
  return [errorPage(416), EOS];
}

/** RFC 9110 §14.6: each range is a part of a multipart body with headers of its own. */
function inParts(r: RequestRecord, body: PlacedBuckets, ranges: readonly ByteRange[]): Brigade {
  const boundary = randomBytes(12).toString('hex');
  const type = r.headersOut.get('Content-Type') ?? (r.contentType === undefined ? undefined : fullType(r));
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  const parts: Brigade = [];
  for (const range of ranges) {
    parts.push(`\r\n--${boundary}\r\n${typeLine}Content-Range: ${contentRange(range, body.length)}\r\n\r\n`);
    sliceInto(parts, body, range);
  }
  parts.push(`\r\n--${boundary}--\r\n`, EOS);
  r.headersOut.delete('Content-Type');
  r.contentType = `multipart/byteranges; boundary=${boundary}`;
  r.charset = undefined;
  return parts;
}

function contentRange({ first, last }: ByteRange, length: number): string {
  return `bytes ${first}-${last}/${length}`;
}
