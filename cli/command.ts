import type { Given, OptionName } from './options.ts';

/** One command of `sluice`. */
export interface Command {
  readonly name: string;
  /** What it takes besides options, e.g. `METHOD` and `URL`; in brackets what may be left out. */
  readonly words: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** What a person wants to know before the first use, with examples. */
  readonly description: string;
  readonly options: readonly OptionName[];
  /** Resolves when the command is done; the process then ends. */
  run(given: Given): Promise<void>;
}
