import { setTimeout as wait } from 'node:timers/promises';
import { type Brigade, EOS, FLUSH, brigadeLength, bucketLength, sliceBucket } from '../core/filter/bucket.ts';
import type { BrigadeContext, BrigadeFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';

/** Bytes go out in turns of this many milliseconds, as in Apache. */
const TURN = 200;

/** RATE_LIMIT sends a body no faster than the variable `rate-limit` says, in KiB a second, after `rate-initial-burst` KiB. */
export const rateLimit = definePlugin({
  name: 'ratelimit',
  aliases: ['mod_ratelimit', 'ratelimit_module'],
  outputFilters: {
    RATE_LIMIT: {
      // Behind those that look at the whole body.
      type: 'transcode',
      changes: 'nothing',
      brigade(brigade, f) {
        f.remove();
        const rate = kibibytes(f.r, 'rate-limit');
        if (rate === 0 || f.r.main !== undefined || f.r.headerOnly) return brigade;
        declareLength(f.r, brigade);
        f.insertNext(limiter(rate, kibibytes(f.r, 'rate-initial-burst')));
        return brigade;
      },
    },
  },
});

/** Of a body that is all there, while that can still be seen. */
function declareLength(r: RequestRecord, brigade: Brigade): void {
  if (r.committed || brigade.at(-1) !== EOS || r.headersOut.has('Content-Length')) return;
  r.headersOut.set('Content-Length', brigadeLength(brigade));
}

function kibibytes(r: RequestRecord, name: string): number {
  const given = r.hasEnv ? r.env.get(name) : undefined;
  return given !== undefined && /^\d{1,9}$/.test(given) ? Number(given) * 1_024 : 0;
}

/** One response, at `rate` bytes a second after the first `burst` bytes. */
function limiter(rate: number, burst: number): BrigadeFilter {
  const perTurn = Math.max(1, Math.floor((rate * TURN) / 1_000));
  let left = Math.max(burst, perTurn);
  return {
    type: 'transcode',
    changes: 'nothing',
    async brigade(brigade, f) {
      let due: Brigade = [];
      for (const bucket of brigade) {
        let rest = typeof bucket === 'string' ? Buffer.from(bucket) : bucket;
        while (typeof rest !== 'symbol' && rest.length > left) {
          due.push(sliceBucket(rest, 0, left));
          rest = sliceBucket(rest, left, rest.length);
          await sendTurn(due, f);
          due = [];
          left = perTurn;
        }
        due.push(rest);
        left -= bucketLength(rest);
      }
      return due;
    },
  };
}

async function sendTurn(due: Brigade, f: BrigadeContext): Promise<void> {
  await f.send([...due, FLUSH]);
  await wait(TURN, undefined, { signal: f.r.signal });
}
