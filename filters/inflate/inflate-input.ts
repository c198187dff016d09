import { constants, createGunzip } from 'node:zlib';
import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { httpError } from '../../core/verdict.ts';
import { CodingRun } from '../coding/coding-run.ts';
import { withoutGzip } from './encoded-in-gzip.ts';
import { ratioGuard } from './ratio-guard.ts';

/** The bodies that are on their way; undefined stands for one that is in no coding. */
const runs = new WeakMap<FilterContext, CodingRun | 'plain'>();

/**
 * Decompresses request bodies that are in gzip: 400 where they can't be, 413 above the limits, 415 for one inside another.
 */
export const inflateInput: FilterObject = {
  data(chunk, f) {
    const run = runs.get(f) ?? begin(f);
    return run === 'plain' ? f.passOn(chunk) : faultAnswered(run.data(chunk, f));
  },
  async end(f) {
    const run = runs.get(f);
    if (run !== undefined && run !== 'plain') await faultAnswered(run.end(f));
  },
};

function begin(f: FilterContext): CodingRun | 'plain' {
  const run = open(f);
  runs.set(f, run);
  return run;
}

function open({ r }: FilterContext): CodingRun | 'plain' {
  const others = withoutGzip(r.headersIn.get('Content-Encoding'));
  if (others === undefined) return 'plain';
  if (others.some((name) => name !== '' && name.toLowerCase() !== 'identity')) {
    throw httpError(415, 'the body of the request is in more than one coding');
  }
  r.headersIn.delete('Content-Encoding');
  r.headersIn.delete('Content-Length');
  const limit = r.config.deflateInflateLimitRequestBody ?? r.config.limitRequestBody;
  const reasonToStop = ratioGuard(r.config);
  const run = new CodingRun(createGunzip({ chunkSize: r.config.deflateBufferSize }), constants.Z_SYNC_FLUSH, {
    changes: 'coding',
    check(bytesIn, bytesOut) {
      if (limit > 0 && bytesOut > limit) {
        throw httpError(413, `the body of the request has more than the ${limit} bytes that are allowed when inflated`);
      }
      const reason = reasonToStop(bytesIn, bytesOut);
      if (reason !== undefined) throw httpError(413, reason);
    },
  });
  r.registerCleanup(() => run.abandon());
  return run;
}

/** What zlib complains of is the client's fault. */
async function faultAnswered(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') === true) throw httpError(400, `the body of the request is no gzip: ${message}`);
    throw error;
  }
}
