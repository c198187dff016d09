import { writeSync } from 'node:fs';
import { messageOf } from '../thrown.ts';

/** Counts the lines that a log has lost, and tells the terminal once per outage. */
export class LogTrouble {
  readonly #target: string;
  #lost = 0;
  #warned = false;

  constructor(target: string) {
    this.#target = target;
  }

  get lost(): number {
    return this.#lost;
  }

  count(lines: number): void {
    this.#lost += lines;
  }

  /** The lost lines have been told in the log. */
  reported(): void {
    this.#lost = 0;
  }

  begin(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    warn(`the log ${this.#target} can't be written (${messageOf(error)}); lost lines are counted until it can`);
  }

  end(): void {
    this.#warned = false;
  }
}

/** Not through `process.stderr`, which turns a closed pipe into an uncaught error. */
function warn(message: string): void {
  try {
    writeSync(2, `sluice: ${message}\n`);
  } catch {
    // Nobody is left to tell.
  }
}
