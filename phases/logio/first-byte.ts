import type { BrigadeFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';

const sentAt = stateKey<number>('logio.first-byte');

/** Stands last, and notes when the head of the answer leaves. */
export const timingFilter: BrigadeFilter = {
  type: 'network',
  changes: 'nothing',
  brigade(brigade, f) {
    f.remove();
    f.r.state.set(sentAt, performance.now());
    return brigade;
  },
};

/** Microseconds from the arrival of the request to the head of the answer; undefined where nobody noted it. */
export function timeToFirstByte(r: RequestRecord): number | undefined {
  let answered = r;
  while (answered.next !== undefined) answered = answered.next;
  const sent = answered.state.get(sentAt);
  return sent === undefined ? undefined : Math.round((sent - r.started) * 1_000);
}
