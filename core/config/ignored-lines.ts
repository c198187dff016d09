import { formatPosition } from './config-error.ts';
import type { LineOutcome } from './foreign-names.ts';

/** The lines of a config that were skipped as harmless. */
export class IgnoredLines {
  readonly #lines: LineOutcome[] = [];

  add(outcome: LineOutcome): void {
    if (outcome.ignored !== undefined) this.#lines.push(outcome);
  }

  /** In one message, but for those that ask to be told. */
  tell(warn: (message: string) => void): void {
    for (const line of this.#lines.filter(({ ignored }) => ignored?.told)) {
      warn(`${formatPosition(line)}: ${line.name} is ignored: ${line.ignored?.reason}`);
    }
    const quiet = this.#lines.filter(({ ignored }) => !ignored?.told);
    if (quiet.length === 0) return;
    const names = [...new Set(quiet.map(({ name }) => name))].join(', ');
    warn(`${quiet.length} lines without a meaning here are ignored: ${names}; sluice check --from-apache says why`);
  }
}
