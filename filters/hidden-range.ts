import type { RequestRecord } from '../core/request-record.ts';
import { stateKey } from '../core/state-key.ts';

const hidden = stateKey<string>('byterange.range');

/** Keeps the Range header from the handler, whose body is whole then; a part of it is cut when it has been filtered. */
export function hideRange(r: RequestRecord, range: string): void {
  r.state.set(hidden, range);
  r.headersIn.delete('Range');
}

/** The ranges that the client asked for, hidden or not. */
export function rangeOf(r: RequestRecord): string | undefined {
  const range = r.headersIn.get('Range') ?? r.state.get(hidden);
  return range ?? (r.prev === undefined ? undefined : rangeOf(r.prev));
}
