import { escapePath } from '../../core/escape-path.ts';
import { fastRedirect, overlayAnswer } from '../../core/fast-redirect.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { ownUrl } from '../own-url.ts';
import { isRedirectStatus } from '../redirect-status.ts';
import { lookUpWithQuery } from './look-up-with-query.ts';

/** Makes `r` the request for the first index of the folder that is a file, or redirects to it, or gives DECLINED. */
export function tryIndex(r: RequestRecord): Verdict | Promise<Verdict> {
  return tryNames(r, r.config.directoryIndex, 0, DECLINED);
}

/** Tries the names from `at` on; `answer` is what is left where none of them will do. */
function tryNames(r: RequestRecord, names: readonly string[], at: number, answer: Verdict): Verdict | Promise<Verdict> {
  if (at === names.length) return answer;
  const found = lookUpWithQuery(r, names[at]!);
  const judge = ({ r: sub, status }: Subrequest): Verdict | Promise<Verdict> => {
    if (status === 200) {
      return sub.finfo?.isFile() === true ? takeIndex(r, sub) : tryNames(r, names, at + 1, answer);
    }
    if (isRedirectStatus(status) || (names.length === 1 && (status === 401 || status === 406))) {
      overlayAnswer(r, sub);
      return status as Verdict;
    }
    // Remembered, so that a name that must not be seen never ends in a listing of the folder.
    return tryNames(r, names, at + 1, status === 404 ? answer : (status as Verdict));
  };
  return isThenable(found) ? found.then(judge) : judge(found);
}

function takeIndex(r: RequestRecord, sub: RequestRecord): Verdict {
  const status = r.config.directoryIndexRedirect;
  if (status === undefined) {
    fastRedirect(r, sub);
    return OK;
  }
  const query = sub.args === undefined ? '' : `?${sub.args}`;
  r.headersOut.set('Location', ownUrl(r, escapePath(sub.uri) + query));
  return status;
}
