import { flushAtEndOfTurn } from '../turn.ts';
import { GatheringLog } from './gathering-log.ts';

/**
 * Writes the lines of one turn of the event loop together, at its end: a line is in the file before its answer is out, at
 * the price of one system call for all that came in at the same time.
 */
export class TurnLog extends GatheringLog {
  write(line: string): void {
    if (this.isEmpty) flushAtEndOfTurn(this);
    this.gather(line);
  }
}
