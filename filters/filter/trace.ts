import { type Bucket, EOS, FLUSH, FileBucket, bucketLength } from '../../core/filter/bucket.ts';
import type { BrigadeFilter } from '../../core/filter/filter.ts';

/** Logs what passes: at level 1 a line for each brigade, at level 2 one for each bucket, too. */
export function tracer(level: number): BrigadeFilter {
  return {
    changes: 'nothing',
    brigade(brigade, { r, name }) {
      const bytes = brigade.reduce((sum, bucket) => sum + bucketLength(bucket), 0);
      r.log(`${name}: a brigade with ${brigade.length} buckets, ${bytes} bytes`, 'debug', 'filter');
      if (level > 1) for (const bucket of brigade) r.log(`${name}: ${describe(bucket)}`, 'debug', 'filter');
      return brigade;
    },
  };
}

function describe(bucket: Bucket): string {
  if (bucket === EOS) return 'EOS';
  if (bucket === FLUSH) return 'FLUSH';
  const kind = bucket instanceof FileBucket ? 'a file' : typeof bucket === 'string' ? 'text' : 'bytes';
  return `${kind}, ${bucketLength(bucket)} bytes`;
}
