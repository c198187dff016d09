import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';

/** What moved on the connection for one request and its answer. */
export interface ByteCount {
  readonly received: number;
  readonly sent: number;
}

const connectionTotal = stateKey<ByteCount>('logio.total');
const requestCount = stateKey<ByteCount>('logio.count');
const nothing: ByteCount = { received: 0, sent: 0 };

/** Whether some log asks: then every request of a connection is counted, or the next one would be charged for it. */
export const byteCounting = { isWanted: false };

/**
 * The bytes of the socket since the last request that was counted, heads and framing included; the same for every log. To be
 * asked as soon as the answer has been handed over.
 */
export function countBytes(r: RequestRecord): ByteCount {
  if (r.prev !== undefined) return countBytes(r.prev);
  const counted = r.state.get(requestCount);
  if (counted !== undefined) return counted;
  const { socket, state } = r.connection;
  const before = state.get(connectionTotal) ?? nothing;
  const total = { received: socket.bytesRead, sent: socket.bytesWritten };
  const count = { received: total.received - before.received, sent: total.sent - before.sent };
  state.set(connectionTotal, total);
  r.state.set(requestCount, count);
  return count;
}
