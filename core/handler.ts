import type { ConnectionRecord } from './connection-record.ts';
import type { RequestRecord } from './request-record.ts';
import type { ContentVerdict, Verdict } from './verdict.ts';

/**
 * A handler of any phase but content.
 *
 * @example
 * const allow: Handler = (r) => (r.method === 'GET' ? OK : 405);
 */
export type Handler = (r: RequestRecord) => Verdict | Promise<Verdict>;

/**
 * A handler of the content phase: a verdict, or the body itself.
 *
 * @example
 * const show: ContentHandler = async (r) => ({ uri: r.uri, body: await r.text() });
 */
export type ContentHandler = (r: RequestRecord) => ContentVerdict | Promise<ContentVerdict>;

/**
 * What the failsafe phases `log` and `cleanup` call; the answer doesn't count.
 *
 * @example
 * const count: FailsafeHandler = (r) => void (total += r.bytesSent);
 */
export type FailsafeHandler = (r: RequestRecord) => unknown;

/** Owns a connection, or answers DECLINED to leave it to HTTP. */
export type ConnectionHandler = (connection: ConnectionRecord) => Verdict | Promise<Verdict>;
