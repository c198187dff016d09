import { nextTick } from 'node:process';
import { GatheringLog } from './gathering-log.ts';

/** Logs with lines of this turn, and the answers that these lines tell of. */
let logs: TurnLog[] = [];
let answers: (() => void)[] = [];

/** Whether lines wait to be written, so that an answer has to wait for them. */
export function hasWaitingLines(): boolean {
  return logs.length > 0;
}

/** Lets an answer leave when the lines that wait by now are written. */
export function afterWaitingLines(answer: () => void): void {
  answers.push(answer);
}

/**
 * Writes the lines of one turn of the event loop together, at its end. With `afterWaitingLines`, a line is in the file before
 * its answer is out, at the price of one system call for all that came in at the same time.
 */
export class TurnLog extends GatheringLog {
  write(line: string): void {
    if (this.isEmpty && logs.push(this) === 1) setImmediate(endTurn);
    this.gather(line);
  }
}

function endTurn(): void {
  const [written, due] = [logs, answers];
  logs = [];
  answers = [];
  for (const log of written) log.flush();
  // Each by itself: one that fails keeps no other back.
  for (const answer of due) nextTick(answer);
}
