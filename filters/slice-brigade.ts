import { type Brigade, type FileBucket, sliceBucket } from '../core/filter/bucket.ts';
import type { ByteRange } from './byte-range-set.ts';

/** The buckets of a body without marks, with where each begins. */
export interface PlacedBuckets {
  readonly length: number;
  readonly buckets: readonly { readonly start: number; readonly content: Uint8Array | FileBucket }[];
}

/** Finds out where each bucket of a body begins; text becomes bytes. */
export function placeBuckets(brigade: Brigade): PlacedBuckets {
  let length = 0;
  const buckets: { start: number; content: Uint8Array | FileBucket }[] = [];
  for (const bucket of brigade) {
    if (typeof bucket === 'symbol') continue;
    const content = typeof bucket === 'string' ? Buffer.from(bucket) : bucket;
    buckets.push({ start: length, content });
    length += content.length;
  }
  return { length, buckets };
}

/** Adds one range of the body to `into`: files are cut without being read, bytes without being copied. */
export function sliceInto(into: Brigade, { buckets }: PlacedBuckets, range: ByteRange): void {
  for (const { start, content } of buckets) {
    const from = Math.max(range.first - start, 0);
    const to = Math.min(range.last + 1 - start, content.length);
    if (from < to) into.push(sliceBucket(content, from, to));
  }
}
