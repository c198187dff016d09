import type { Position } from '../../core/config/tree.ts';
import { ConfigError } from '../../core/config/config-error.ts';
import type { ParsedScript } from './parse-script.ts';
import { type SedProgram, linkScript } from './sed-program.ts';

/** The lines of a section that make one script; a label or a block may reach over several of them. */
export class SedScript {
  readonly parts: readonly { readonly script: ParsedScript; readonly at: Position }[];
  #program: SedProgram | undefined;

  constructor(parts: SedScript['parts']) {
    this.parts = parts;
  }

  /** Throws a ConfigError at the script's first line where a label or the end of a block is missing. */
  get program(): SedProgram {
    try {
      this.#program ??= linkScript(this.parts.map(({ script }) => script));
    } catch (error) {
      throw new ConfigError(this.parts[0]!.at, `the script of Sed that begins here: ${(error as Error).message}`);
    }
    return this.#program;
  }
}
