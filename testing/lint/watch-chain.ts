import { createHash } from 'node:crypto';
import { type Brigade, EOS, FLUSH, FileBucket, bucketLength } from '../../core/filter/bucket.ts';
import type { BrigadeFilter, FilterType } from '../../core/filter/filter.ts';
import { type Direction, FilterLink } from '../../core/filter/filter-link.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';
import { DECLINED } from '../../core/verdict.ts';
import type { Breaches } from './breaches.ts';
import { type FilterLimits, watchFilter } from './watch-filter.ts';

/** What has passed a point between two filters. */
interface Passed {
  /** Of the filter in front of the point; undefined at the handler. */
  readonly filter: FilterLink | undefined;
  /** Stands behind that filter, unless the filter puts others there. */
  watch: FilterLink | undefined;
  bytes: number;
  /** Of those, the ones in front of the latest FLUSH. */
  flushed: number;
  /** Undefined once a file has passed, whose bytes nobody has read. */
  digest: ReturnType<typeof createHash> | undefined;
  ended: boolean;
}

/** The points of a request's output, from the handler to the network. */
export const passedPoints = stateKey<Passed[]>('lint.passed');

/** In front of all filters, whoever adds them. */
export function watchInput(r: RequestRecord, breaches: Breaches): typeof DECLINED {
  const start = newPoint(undefined);
  r.state.set(passedPoints, [start]);
  r.addOutputFilter(watcher(start, undefined, breaches));
  return DECLINED;
}

/** Around and behind every filter that is there when the content phase begins, in both directions. */
export function watchFilters(r: RequestRecord, breaches: Breaches, limits: FilterLimits): void {
  const points = r.state.get(passedPoints);
  if (points === undefined) return;
  watchLinks(r.output.filters.slice(1), points, 'output', breaches, limits);
  watchLinks(r.inputFilters.toReversed(), [], 'input', breaches, limits);
}

function watchLinks(
  links: readonly FilterLink[],
  points: Passed[],
  direction: Direction,
  breaches: Breaches,
  limits: FilterLimits,
): void {
  for (const link of links) {
    const before = points.at(-1);
    const point = newPoint(link);
    points.push(point);
    const filter = watcher(point, before, breaches);
    Object.assign(link, {
      filter: watchFilter(link.filter, link.name, () => point.bytes, breaches, limits),
      passEnd() {
        throw breaches.error(`the filter ${link.name} swallowed EOS: pass it on, so that the body ends`);
      },
    });
    const named = { name: 'lint', type: link.type, filter };
    point.watch = link.next = new FilterLink(link.r, named, link.next, direction);
  }
}

function newPoint(filter: FilterLink | undefined): Passed {
  return { filter, watch: undefined, bytes: 0, flushed: 0, digest: createHash('sha1'), ended: false };
}

function watcher(point: Passed, before: Passed | undefined, breaches: Breaches): BrigadeFilter {
  return {
    type: 'resource',
    changes: 'nothing',
    brigade(brigade) {
      for (const bucket of brigade) {
        if (point.ended) {
          throw breaches.error(
            `the filter ${point.filter?.name} passed on ${bucket === EOS ? 'EOS twice' : 'something after EOS'}: EOS comes once, and last`,
          );
        }
        count(point, bucket);
        if (bucket === FLUSH && before !== undefined) compareAtFlush(point, before, breaches);
      }
      if (point.ended && before !== undefined) compare(point, before, breaches);
      return brigade;
    },
  };
}

function count(point: Passed, bucket: Brigade[number]): void {
  if (bucket === EOS) point.ended = true;
  if (bucket === FLUSH) point.flushed = point.bytes;
  point.bytes += bucketLength(bucket);
  if (bucket instanceof FileBucket) point.digest = undefined;
  else if (typeof bucket !== 'symbol') point.digest?.update(bucket);
}

/** What makes HTTP of the content, such as ranges, comes after these. */
const contentTypes: ReadonlySet<FilterType> = new Set(['resource', 'contentSet']);

/** Says so itself, and isn't one that others stand in for. */
function keepsLength({ filter: link, watch }: Passed): boolean {
  const { filter, type, next, isRemoved } = link!;
  if (!contentTypes.has(type) || next !== watch || isRemoved) return false;
  return filter.changes === 'sameLength' || filter.changes === 'nothing';
}

/** The client waits for what stands in front of a FLUSH. */
function compareAtFlush(point: Passed, before: Passed, breaches: Breaches): void {
  const link = point.filter!;
  if (!keepsLength(point) || point.bytes >= before.flushed) return;
  throw breaches.error(
    `the filter ${link.name} kept ${before.flushed - point.bytes} bytes back at a FLUSH: pass them on in its flush()`,
  );
}

function compare(point: Passed, before: Passed, breaches: Breaches): void {
  const link = point.filter!;
  const { name, filter } = link;
  if (!before.ended) return;
  if (!keepsLength(point)) return;
  if (point.bytes !== before.bytes) {
    throw breaches.error(
      `the filter ${name} declares changes: '${filter.changes}', but made ${point.bytes} bytes of ${before.bytes}`,
    );
  }
  if (filter.changes !== 'nothing' || point.digest === undefined || before.digest === undefined) return;
  if (point.digest.copy().digest('hex') !== before.digest.copy().digest('hex')) {
    throw breaches.error(`the filter ${name} declares changes: 'nothing', but changed the body`);
  }
}
