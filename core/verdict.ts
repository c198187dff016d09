import type { Readable } from 'node:stream';

/**
 * This handler has dealt with its phase.
 *
 * @example
 * if (r.user !== undefined) return OK;
 */
export const OK = 0 as const;
/**
 * Not mine: the next handler is asked.
 *
 * @example
 * if (!r.uri.endsWith('.md')) return DECLINED;
 */
export const DECLINED = -1 as const;
/**
 * The whole response exists already: go straight to logging.
 *
 * @example
 * await r.write('all of it');
 * return DONE;
 */
export const DONE = -2 as const;

/** The statuses a handler may answer with instead of going on (RFC 9110 §15, IANA registry). */
export type ErrorStatus =
  | 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418
  | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511; // prettier-ignore

/** What a handler of any phase answers. */
export type Verdict = typeof OK | typeof DECLINED | typeof DONE | ErrorStatus;

/** What a content handler may return instead of a verdict: the response body itself. */
export type Body =
  | string
  | Uint8Array
  | Readable
  | ReadableStream
  | AsyncIterable<string | Uint8Array>
  | Response
  | JsonBody;

/** Any plain object or array, sent as JSON; a promise is not one, so a forgotten `return` doesn't compile. */
export type JsonBody = (object & { readonly then?: never }) | Readonly<Record<string, unknown>>;

/**
 * What a content handler answers: a verdict, or the body itself.
 *
 * @example
 * const answer = (r: RequestRecord): ContentVerdict => (r.method === 'GET' ? { uri: r.uri } : 405);
 */
export type ContentVerdict = Verdict | Body;

const brand = Symbol.for('sluice.ServerReturn');

/**
 * Thrown from any depth, means the same as returning `verdict` from the handler.
 *
 * @example throw new ServerReturn(DONE, 202);
 */
export class ServerReturn extends Error {
  readonly [brand] = true;
  /** What the handler would have returned. */
  readonly verdict: Verdict;
  /** Becomes `r.status` first, where given. */
  readonly status: number | undefined;

  constructor(verdict: Verdict, status?: number, message = `handler returned ${String(verdict)} by throwing`) {
    super(message);
    this.name = 'ServerReturn';
    this.verdict = verdict;
    this.status = status;
  }
}

/**
 * An error to throw that answers with `status`; the message goes to the error log only.
 *
 * @example throw httpError(404, 'no such user');
 */
export function httpError(status: ErrorStatus, message?: string): ServerReturn {
  return new ServerReturn(status, undefined, message ?? `HTTP ${status}`);
}

/** Recognised by brand: two copies of Sluice in one process understand each other. */
export function isServerReturn(thrown: unknown): thrown is ServerReturn {
  return typeof thrown === 'object' && thrown !== null && brand in thrown;
}
