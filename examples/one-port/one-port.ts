import { type ConnectionRecord, DECLINED, type RequestRecord, type Verdict, httpError } from 'sluice';
import { connectionHandler as serveRedis, store } from '../resp/resp.ts';

/** A request of Redis begins with a star, one of HTTP with the letters of its method. */
export async function connectionHandler(connection: ConnectionRecord): Promise<Verdict> {
  const first = await connection.peek(1);
  return first.toString() === '*' ? serveRedis(connection) : DECLINED;
}

/** What a key holds, for HTTP. */
export function contentHandler(r: RequestRecord): Uint8Array {
  const key = Buffer.from(String(r.params['key'])).toString('latin1');
  const value = store.get(key);
  if (value === undefined) throw httpError(404, 'no such key');
  r.contentType = 'text/plain; charset=utf-8';
  return Buffer.from(value, 'latin1');
}
