import { DECLINED, type RequestRecord, type Verdict, stateKey } from 'sluice';
import type { Limit } from './limit.ts';
import { type RateLimitStore, type Taken, rateLimitStore } from './stores.ts';

/** The limits that a client's request has been counted for. */
const countedKey = stateKey<Set<string>>('rate_limit.counted');

/** Counts a request for its limits; the first one that is used up refuses it. */
export function enforce(r: RequestRecord, limits: readonly Limit[]): Verdict | Promise<Verdict> {
  return enforceFrom(r, limits, 0, r.server.services.get(rateLimitStore));
}

function enforceFrom(
  r: RequestRecord,
  limits: readonly Limit[],
  from: number,
  store: RateLimitStore,
): Verdict | Promise<Verdict> {
  for (let at = from; at < limits.length; at++) {
    const limit = limits[at]!;
    if (!countNow(r, limit)) continue;
    const taken = store.take(`${limit.id} ${limit.clientKey.of(r)}`, limit);
    if (taken instanceof Promise) {
      return taken.then(
        (settled) => answer(r, limit, settled) ?? enforceFrom(r, limits, at + 1, store),
        (error: unknown) => withoutStore(r, error),
      );
    }
    const refusal = answer(r, limit, taken);
    if (refusal !== undefined) return refusal;
  }
  return DECLINED;
}

/** Subrequests and redirects are the same request of the client: what has been counted isn't counted again. */
function countNow(r: RequestRecord, { id }: Limit): boolean {
  let first = r;
  for (let outer; (outer = first.main ?? first.prev) !== undefined;) first = outer;
  let counted = first.state.get(countedKey);
  if (counted === undefined) first.state.set(countedKey, (counted = new Set()));
  return counted.size !== counted.add(id).size;
}

/** Says what is left (draft-ietf-httpapi-ratelimit-headers), and refuses where nothing is. */
function answer(r: RequestRecord, limit: Limit, { wait, debt }: Taken): Verdict | undefined {
  const left = wait > 0 ? 0 : Math.floor((limit.window - debt) / limit.spacing);
  const policy = `"${limit.rate}"`;
  r.errHeadersOut.append('RateLimit-Policy', `${policy};q=${limit.count};w=${seconds(limit.window)}`);
  r.errHeadersOut.append('RateLimit', `${policy};r=${left};t=${seconds(wait > 0 ? wait : debt)}`);
  if (wait <= 0) return undefined;
  r.errHeadersOut.set('Retry-After', seconds(wait));
  r.log(`the limit ${limit.rate} is used up`, 'info');
  return 429;
}

function withoutStore(r: RequestRecord, error: unknown): Verdict {
  const refuses = r.config.rateLimitOnError === 'refuse';
  const reason = error instanceof Error ? error.message : String(error);
  r.log(`the store can't be asked, so the request is ${refuses ? 'refused' : 'let in'}: ${reason}`, 'error');
  return refuses ? 503 : DECLINED;
}

function seconds(microseconds: number): number {
  return Math.ceil(microseconds / 1_000_000);
}
