import type { Evaluated } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { isRequired } from '../require/decide.ts';
import { type AccessRules, lastFor } from './access-rules.ts';
import { defaultOrder } from './order.ts';

/** Decides by the place that a request comes from; under Satisfy Any the right one is enough. */
export function checkAddress(r: RequestRecord): Verdict | Promise<Verdict> {
  const { allows, denies } = r.config.order!;
  const isAllowed = isOneOf(allows, r, 0);
  const isDenied = isOneOf(denies, r, 0);
  if (isThenable(isAllowed) || isThenable(isDenied)) return judgeLater(r, isAllowed, isDenied);
  return judge(r, isAllowed, isDenied);
}

async function judgeLater(
  r: RequestRecord,
  isAllowed: Evaluated<boolean>,
  isDenied: Evaluated<boolean>,
): Promise<Verdict> {
  return judge(r, await isAllowed, await isDenied);
}

function judge(r: RequestRecord, isAllowed: boolean, isDenied: boolean): Verdict {
  const { orders, satisfies } = r.config.order!;
  const mayPass = (lastFor(orders, r.method) ?? defaultOrder)(isAllowed, isDenied);
  const isEither = lastFor(satisfies, r.method) === 'any';
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

function isOneOf(lines: AccessRules['allows'], r: RequestRecord, from: number): Evaluated<boolean> {
  for (let at = from; at < lines.length; at++) {
    const { value: origin, methods } = lines[at]!;
    if (methods !== undefined && !methods.has(r.method)) continue;
    const matches = origin(r);
    if (isThenable(matches)) return matches.then((settled) => settled || isOneOf(lines, r, at + 1));
    if (matches) return true;
  }
  return false;
}
