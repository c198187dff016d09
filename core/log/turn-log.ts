import type { LogSink } from './log-sink.ts';

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
 * Gathers the lines of one turn of the event loop and writes them together at its end. With `afterWaitingLines`, a line is
 * in the file before its answer is out, at the price of one system call for all that came in at the same time.
 */
export class TurnLog implements LogSink {
  readonly #sink: LogSink;
  #waiting = '';
  #lines = 0;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  write(line: string): void {
    if (this.#lines++ > 0) {
      this.#waiting += `\n${line}`;
      return;
    }
    this.#waiting = line;
    if (logs.push(this) === 1) setImmediate(endTurn);
  }

  reopen(): void {
    this.flush();
    this.#sink.reopen();
  }

  close(): void {
    this.flush();
    this.#sink.close();
  }

  flush(): void {
    if (this.#lines === 0) return;
    const [text, lines] = [this.#waiting, this.#lines];
    this.#waiting = '';
    this.#lines = 0;
    this.#sink.write(text, lines);
  }
}

function endTurn(): void {
  const [written, due] = [logs, answers];
  logs = [];
  answers = [];
  for (const log of written) log.flush();
  for (const answer of due) answer();
}
