import { escapePath } from '../../core/escape-path.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import type { ErrorStatus } from '../../core/verdict.ts';

/**
 * Whether what was looked up for a transparent choice may be sent: gives the status that it has instead, 506 for what
 * negotiates itself (RFC 2295 §8.1), or undefined when `r` has been told where the variant is.
 */
export function checkChoice(r: RequestRecord, { r: sub, status }: Subrequest, name: string): ErrorStatus | undefined {
  const negotiates = sub.hasErrHeadersOut && sub.errHeadersOut.has('TCN');
  if (negotiates || status === 300 || sub.handler === 'type-map') return 506;
  if (status !== 200) return status as ErrorStatus;
  r.errHeadersOut.set('Content-Location', escapePath(name));
  return undefined;
}
