import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { LogSink } from '../../../core/log/log-sink.ts';
import { TurnLog } from '../../../core/log/turn-log.ts';
import { atEndOfTurn } from '../../../core/turn.ts';

function collector(): { sink: LogSink; writes: unknown[][] } {
  const writes: unknown[][] = [];
  return { sink: { write: (...args) => void writes.push(args), reopen() {}, close() {} }, writes };
}

it('writes the lines of a turn together, and lets answers go behind them', async () => {
  const { sink, writes } = collector();
  const log = new TurnLog(sink);
  log.write('a');
  log.write('b');
  atEndOfTurn(() => writes.push(['answer']));
  expect(writes).toEqual([]);
  await nextTurn();
  expect(writes).toEqual([['a\nb', 2], ['answer']]);
  log.write('c');
  await nextTurn();
  expect(writes.at(-1)).toEqual(['c', 1]);
});

it('writes what waits before it is closed or opened anew, once', async () => {
  const { sink, writes } = collector();
  const log = new TurnLog(sink);
  log.write('a');
  log.reopen();
  log.write('b');
  log.close();
  await nextTurn();
  expect(writes).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});
