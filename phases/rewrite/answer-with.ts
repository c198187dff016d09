import type { RequestRecord } from '../../core/request-record.ts';
import { DONE, type Verdict } from '../../core/verdict.ts';

/** The verdict for a rule's status; one below 300 is an answer without a body. */
export function answerWith(r: RequestRecord, status: number): Verdict {
  if (status >= 300) return status as Verdict;
  r.status = status;
  return DONE;
}
