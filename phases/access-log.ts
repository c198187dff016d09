import type { Evaluated } from '../core/expression/evaluated.ts';
import { BufferedLog } from '../core/log/buffered-log.ts';
import type { LogSink } from '../core/log/log-sink.ts';
import { isPlainFile, openLogFile } from '../core/log/open-log-file.ts';
import { TurnLog } from '../core/log/turn-log.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { messageOf } from '../core/thrown.ts';
import type { LogFormat } from './log-format.ts';

/** Whether a request is to be logged; may throw or reject. */
export type LogCondition = (r: RequestRecord) => Evaluated<boolean>;

/** One CustomLog: where lines go, what they look like, and which requests get one. */
export class AccessLog {
  readonly #sink: LogSink;
  readonly #format: LogFormat;
  readonly #condition: LogCondition | undefined;

  constructor(target: string, format: LogFormat, condition: LogCondition | undefined, isBuffered: boolean) {
    const sink = openLogFile(target, (count) => `# ${count} lines of this log were lost`);
    // No answer waits for a late line.
    const isForTurn = isPlainFile(target) && !format.isLate;
    this.#sink = isBuffered ? new BufferedLog(sink) : isForTurn ? new TurnLog(sink) : sink;
    this.#format = format;
    this.#condition = condition;
  }

  /** A request whose condition can't be decided is reported and not logged, as in Apache; other logs don't suffer. */
  log(r: RequestRecord): void {
    try {
      const wanted = this.#condition?.(r) ?? true;
      if (isThenable(wanted)) void this.#logLater(r, wanted);
      else if (wanted) this.#sink.write(this.#format(r));
    } catch (error) {
      report(r, error);
    }
  }

  /** Whether a line can be made only when the answer has been handed over. */
  get isLate(): boolean {
    return this.#format.isLate;
  }

  close(): void {
    this.#sink.close();
  }

  /** The line says how things are now, not when the condition is decided. */
  async #logLater(r: RequestRecord, wanted: Promise<boolean>): Promise<void> {
    try {
      const line = this.#format(r);
      if (await wanted) this.#sink.write(line);
    } catch (error) {
      report(r, error);
    }
  }
}

function report(r: RequestRecord, error: unknown): void {
  r.log(`the request could not be logged: ${messageOf(error)}`, 'warn', 'log_config');
}
