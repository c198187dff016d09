import { expect, it } from '@jest/globals';
import type { LogSink } from '../../../core/log/log-sink.ts';
import { TurnLog, afterWaitingLines, hasWaitingLines } from '../../../core/log/turn-log.ts';

/** Until the end of a turn, and what is put behind it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function collector(): { sink: LogSink; writes: unknown[][] } {
  const writes: unknown[][] = [];
  return { sink: { write: (...args) => void writes.push(args), reopen() {}, close() {} }, writes };
}

it('writes the lines of a turn together, and lets answers go behind them', async () => {
  const { sink, writes } = collector();
  const log = new TurnLog(sink);
  log.write('a');
  log.write('b');
  expect([hasWaitingLines(), writes]).toEqual([true, []]);
  afterWaitingLines(() => writes.push(['answer']));
  await turn();
  expect(writes).toEqual([['a\nb', 2], ['answer']]);
  expect(hasWaitingLines()).toBe(false);
  log.write('c');
  await turn();
  expect(writes.at(-1)).toEqual(['c', 1]);
});

it('writes what waits before it is closed or opened anew, once', async () => {
  const { sink, writes } = collector();
  const log = new TurnLog(sink);
  log.write('a');
  log.reopen();
  log.write('b');
  log.close();
  await turn();
  expect(writes).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});
