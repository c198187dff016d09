import { createHash } from 'node:crypto';
import { type Brigade, EOS, FileBucket, bucketLength } from '../core/filter/bucket.ts';
import type { BrigadeFilter } from '../core/filter/filter.ts';
import { FilterLink } from '../core/filter/output-chain.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { stateKey } from '../core/state-key.ts';
import { DECLINED } from '../core/verdict.ts';

/** What has passed a point between two filters. */
interface Passed {
  /** Of the filter in front of the point; undefined at the handler. */
  readonly filter: FilterLink | undefined;
  bytes: number;
  /** Undefined once a file has passed, whose bytes nobody has read. */
  digest: ReturnType<typeof createHash> | undefined;
  ended: boolean;
}

/** The points of a request's output, from the handler to the network. */
export const passedPoints = stateKey<Passed[]>('lint.passed');

/** In front of all filters, whoever adds them. */
export function watchInput(r: RequestRecord): typeof DECLINED {
  const start: Passed = { filter: undefined, bytes: 0, digest: createHash('sha1'), ended: false };
  r.state.set(passedPoints, [start]);
  r.addOutputFilter(watcher(start, undefined));
  return DECLINED;
}

/** Behind every filter that is there when the content phase begins. */
export function watchFilters(r: RequestRecord): void {
  const points = r.state.get(passedPoints);
  if (points === undefined) return;
  for (const link of r.output.filters.slice(1)) {
    const before = points.at(-1)!;
    const point: Passed = { filter: link, bytes: 0, digest: createHash('sha1'), ended: false };
    points.push(point);
    const filter = watcher(point, before);
    link.next = new FilterLink(r, { name: 'lint', type: link.type, filter }, link.next);
  }
}

function watcher(point: Passed, before: Passed | undefined): BrigadeFilter {
  return {
    type: 'resource',
    changes: 'nothing',
    brigade(brigade) {
      for (const bucket of brigade) {
        if (point.ended)
          throw new Error(
            `the filter ${point.filter?.name} passed on ${bucket === EOS ? 'EOS twice' : 'something after EOS'}`,
          );
        count(point, bucket);
      }
      if (point.ended && before !== undefined) compare(point, before);
      return brigade;
    },
  };
}

function count(point: Passed, bucket: Brigade[number]): void {
  if (bucket === EOS) point.ended = true;
  point.bytes += bucketLength(bucket);
  if (bucket instanceof FileBucket) point.digest = undefined;
  else if (typeof bucket !== 'symbol') point.digest?.update(bucket);
}

function compare(point: Passed, before: Passed): void {
  const { name, filter } = point.filter!;
  if (!before.ended) return;
  if ((filter.changes === 'sameLength' || filter.changes === 'nothing') && point.bytes !== before.bytes) {
    throw new Error(
      `the filter ${name} declares changes: '${filter.changes}', but made ${point.bytes} bytes of ${before.bytes}`,
    );
  }
  if (filter.changes !== 'nothing' || point.digest === undefined || before.digest === undefined) return;
  if (point.digest.copy().digest('hex') !== before.digest.copy().digest('hex')) {
    throw new Error(`the filter ${name} declares changes: 'nothing', but changed the body`);
  }
}
