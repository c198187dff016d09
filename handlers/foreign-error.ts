import { STATUS_CODES } from 'node:http';
import type { RequestRecord } from '../core/request-record.ts';
import { messageOf } from '../core/thrown.ts';
import { type ErrorStatus, httpError, isServerReturn } from '../core/verdict.ts';

/**
 * What to throw for an error of a Koa or Connect application: by the custom of both, an error with a `status` of 400 and
 * above is an answer, and its `headers` go with it. Anything else stays the error it is.
 */
export function toThrown(r: RequestRecord, error: unknown): unknown {
  if (isServerReturn(error) || typeof error !== 'object' || error === null) return error;
  const {
    status,
    statusCode = status,
    headers,
  } = error as { status?: unknown; statusCode?: unknown; headers?: unknown };
  if (typeof statusCode !== 'number' || statusCode < 400 || STATUS_CODES[statusCode] === undefined) return error;
  if (!r.committed) for (const [name, value] of Object.entries(headers ?? {})) r.errHeadersOut.set(name, String(value));
  // A stack belongs into the log where the fault is the application's.
  return statusCode === 500 ? error : httpError(statusCode as ErrorStatus, messageOf(error));
}
