import { type Brigade, EOS, FLUSH, FileBucket } from '../../core/filter/bucket.ts';
import type { BrigadeFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { CodingRun } from '../coding/coding-run.ts';
import { withoutBody } from '../coding/without-body.ts';
import type { Coding } from './codings.ts';
import { isToBeCompressed } from './decide.ts';
import { describeEncoded } from './encoded-head.ts';
import { fileKey } from './file-key.ts';
import { KeptBodies } from './kept-bodies.ts';
import { writeNotes } from './notes.ts';

/** Longer bodies are compressed by a stream, in Node's thread pool. */
const LARGE_BODY = 65_536;

/** Of files that have not been changed since. */
const kept = new KeptBodies();

/** Compresses bodies, where the client accepts that: small ones that are all there at once, others as they come. */
export function compressingFilter(coding: Coding): BrigadeFilter {
  return {
    type: 'contentSet',
    changes: 'coding',
    brigade(brigade, f) {
      const { r } = f;
      if (!isToBeCompressed(r, brigade, coding)) {
        f.remove();
        return brigade;
      }
      const key = r.headerOnly ? undefined : fileKey(r, coding);
      describeEncoded(r, coding);
      const compressed = r.headerOnly ? undefined : compressWhole(r, brigade, coding, key);
      if (compressed !== undefined) return compressed;
      f.remove();
      f.insertNext(r.headerOnly ? withoutBody : compressAsItComes(r, coding));
      return brigade;
    },
  };
}

/** `key` names the file that the body is, if it is one. */
function compressWhole(
  r: RequestRecord,
  brigade: Brigade,
  coding: Coding,
  key: string | undefined,
): Brigade | undefined {
  if (brigade.at(-1) !== EOS) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const bucket of brigade) {
    if (bucket === EOS) break;
    if (bucket === FLUSH || bucket instanceof FileBucket) return undefined;
    const bytes = typeof bucket === 'string' ? Buffer.from(bucket) : bucket;
    parts.push(bytes);
    length += bytes.length;
    if (length > LARGE_BODY) return undefined;
  }
  let compressed = key === undefined ? undefined : kept.get(key);
  if (compressed === undefined) {
    compressed = coding.compress(parts.length === 1 ? parts[0]! : Buffer.concat(parts), r.config);
    if (key !== undefined) kept.keep(key, compressed, r.config.compressionMemory);
  }
  writeNotes(r, coding, length, compressed.length);
  return [compressed, EOS];
}

function compressAsItComes(r: RequestRecord, coding: Coding): CodingRun {
  const run = new CodingRun(coding.open(r.config), coding.flushMark, {
    changes: 'coding',
    done: (bytesIn, bytesOut) => writeNotes(r, coding, bytesIn, bytesOut),
  });
  r.registerCleanup(() => run.abandon());
  return run;
}
