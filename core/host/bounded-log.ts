import type { Logger } from '../log/logger.ts';
import type { LogLevel } from '../log/log-level.ts';

/** Milliseconds between two lines. */
const PAUSE = 1_000;

/** Writes a line at most once a second, and says then how many there would have been. */
export class BoundedLog {
  #lastLine = Number.NEGATIVE_INFINITY;
  #leftOut = 0;

  log(log: Logger, level: LogLevel, message: string): void {
    const now = performance.now();
    if (now - this.#lastLine < PAUSE) {
      this.#leftOut++;
      return;
    }
    log.log(level, this.#leftOut === 0 ? message : `${message}; ${this.#leftOut} more before`, 'core');
    this.#lastLine = now;
    this.#leftOut = 0;
  }
}
