import { fastRedirect, overlayAnswer } from '../../core/fast-redirect.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { isRedirectStatus } from '../redirect-status.ts';
import { lookUpWithQuery } from './look-up-with-query.ts';

/** Makes `r`, for which there is neither a file nor a handler, the request for the FallbackResource. */
export function fallBack(r: RequestRecord, resource: string): Verdict | Promise<Verdict> {
  const found = lookUpWithQuery(r, resource);
  return isThenable(found) ? found.then((lookup) => take(r, lookup)) : take(r, found);
}

function take(r: RequestRecord, { r: sub, status }: Subrequest): Verdict {
  if (status === 200) {
    if (sub.finfo?.isFile() !== true) return DECLINED;
    fastRedirect(r, sub);
    return OK;
  }
  if (isRedirectStatus(status)) overlayAnswer(r, sub);
  return status === 404 ? DECLINED : (status as Verdict);
}
