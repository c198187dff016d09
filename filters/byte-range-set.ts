import type { RangeLimits } from './range-limits.ts';

/** Some bytes of a body; both ends are part of it, as in the Range header. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The ranges that a Range header asks of a body of `length` bytes, neighbours merged where they overlap or touch. Undefined
 * where the header doesn't count and the whole body is due: a syntax error, another unit, more than the limits allow, or
 * more bytes than the body has. Empty where no range lies inside the body: 416.
 */
export function parseByteRanges(header: string, length: number, limits: RangeLimits): readonly ByteRange[] | undefined {
  const specs = /^bytes=(.*)$/is.exec(header)?.[1];
  if (specs === undefined) return undefined;
  const asked: ByteRange[] = [];
  let count = 0;
  for (const spec of specs.split(',')) {
    const trimmed = spec.replace(/^[ \t]+|[ \t]+$/g, '');
    // RFC 9110 §5.6.1.2: empty elements of a list don't count.
    if (trimmed === '') continue;
    const range = parseSpec(trimmed, length);
    if (range === undefined) return undefined;
    count++;
    if (range.first < length) asked.push(range);
  }
  return count === 0 ? undefined : merge(asked, length, limits);
}

/** `first-last`, `first-` or `-suffix`, with the end moved into the body; a long suffix begins before the body. */
function parseSpec(spec: string, length: number): ByteRange | undefined {
  const parts = /^(?<first>\d{0,15})-(?<last>\d{0,15})$/.exec(spec)?.groups;
  const first = parts?.['first'] ?? '';
  const last = parts?.['last'] ?? '';
  if (first === '') return Number(last) > 0 ? { first: length - Number(last), last: length - 1 } : undefined;
  if (last !== '' && Number(last) < Number(first)) return undefined;
  return { first: Number(first), last: Math.min(last === '' ? length - 1 : Number(last), length - 1) };
}

function merge(
  asked: readonly ByteRange[],
  length: number,
  { maxRanges, maxRangeOverlaps, maxRangeReversals }: RangeLimits,
): readonly ByteRange[] | undefined {
  const merged: ByteRange[] = [];
  let overlaps = 0;
  let reversals = 0;
  for (const { first, last } of asked) {
    if (first === 0 && last === length - 1) return [{ first, last }];
    const range = { first: Math.max(0, first), last };
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last + 1 || range.last < before.first - 1) {
      merged.push(range);
      continue;
    }
    overlaps++;
    if (range.first < before.first) reversals++;
    merged[merged.length - 1] = { first: Math.min(before.first, range.first), last: Math.max(before.last, range.last) };
  }
  if (merged.length > maxRanges || overlaps > maxRangeOverlaps || reversals > maxRangeReversals) return undefined;
  const sum = merged.reduce((bytes, { first, last }) => bytes + last - first + 1, 0);
  return sum > length ? undefined : merged;
}
