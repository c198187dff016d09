import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { isRequired } from '../require/decide.ts';
import { allFor, lastFor } from './access-rules.ts';
import { defaultOrder } from './order.ts';
import type { Origin } from './origin.ts';

/** Decides by the place that a request comes from; under Satisfy Any the right one is enough. */
export function checkAddress(r: RequestRecord): Verdict | Promise<Verdict> {
  const { orders, allows, denies } = r.config.order!;
  const order = lastFor(orders, r.method) ?? defaultOrder;
  return whenReady(isOneOf(allFor(allows, r.method), r, 0), (isAllowed) =>
    whenReady(isOneOf(allFor(denies, r.method), r, 0), (isDenied) => judge(r, order(isAllowed, isDenied))),
  );
}

function judge(r: RequestRecord, mayPass: boolean): Verdict {
  const isEither = lastFor(r.config.order!.satisfies, r.method) === 'any';
  if (mayPass) {
    // Neither a user nor a Require has to be looked for any more.
    if (isEither) r.authorized = true;
    return OK;
  }
  // A user may still open it, where somebody will ask for one.
  if (isEither && (isRequired(r.config) || r.plan.hasAuthenticateHandler)) return DECLINED;
  r.log(`the client is refused by Order, Allow and Deny: ${r.uri}`, 'error');
  return 403;
}

function isOneOf(origins: readonly Origin[], r: RequestRecord, from: number): Evaluated<boolean> {
  const origin = origins[from];
  if (origin === undefined) return false;
  return whenReady(origin(r), (matches) => matches || isOneOf(origins, r, from + 1));
}
