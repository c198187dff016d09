import { actions } from './actions.ts';
import type { Address } from './command.ts';
import type { SedProgram, Step } from './sed-program.ts';

/** The most bytes in the pattern space, in the hold space, and made of one line; mod_sed has the same limit. */
const LONGEST = 8_388_608;
/** More jumps for one line than any sensible script needs. */
const MOST_JUMPS = 1_000_000;

/** A script at work: takes lines, and makes text of them. Throws an Error at its limits. */
export class SedMachine {
  readonly #program: SedProgram;
  /** The steps whose range of lines has begun. */
  readonly #inRange = new Set<Step>();
  #pattern = '';
  #hold = '';
  #made = '';
  #madeOfLine = 0;
  /** Where the next line goes on, after `n` and `N`. */
  #resumeAt = 0;
  /** What stands behind the pattern space, once that is done with. */
  appended: readonly string[] = [];
  line = 0;
  isLast = false;
  /** Something was replaced since the last line came, or since `t` asked. */
  hasReplaced = false;
  hasQuit = false;

  constructor(program: SedProgram) {
    this.#program = program;
  }

  /** How much has been made since it was last taken. */
  get madeLength(): number {
    return this.#made.length;
  }

  get pattern(): string {
    return this.#pattern;
  }

  set pattern(text: string) {
    this.#pattern = withinLimit(text);
  }

  get hold(): string {
    return this.#hold;
  }

  set hold(text: string) {
    this.#hold = withinLimit(text);
  }

  /** Runs the script for the next line, which has no line feed at its end. */
  execute(line: string, isLast: boolean): void {
    this.pattern += line;
    this.line++;
    this.isLast = isLast;
    this.hasReplaced = false;
    this.#madeOfLine = 0;
    const { steps } = this.#program;
    let jumps = 0;
    let at = this.#resumeAt;
    this.#resumeAt = 0;
    while (at < steps.length) {
      const step = steps[at]!;
      const { name } = step.command;
      const outcome = this.#isMeant(step)
        ? actions.get(name)?.(this, step.command, this.#inRange.has(step))
        : otherwise(name);
      if (outcome === 'read') {
        this.#resumeAt = at + 1;
        return;
      }
      if (outcome === 'delete') return this.#endCycle();
      if (outcome === 'quit') {
        this.hasQuit = true;
        break;
      }
      if (outcome === 'jump' && step.target <= at && ++jumps > MOST_JUMPS) {
        throw new Error(`the script of Sed has jumped back ${MOST_JUMPS} times for line ${this.line}`);
      }
      at = outcome === 'jump' ? step.target : at + 1;
    }
    this.printUnlessQuiet();
    this.#endCycle();
  }

  print(text: string): void {
    this.#madeOfLine = withinLimit(text).length + this.#madeOfLine + 1;
    if (this.#madeOfLine > LONGEST) throw tooLong();
    this.#made += `${text}\n`;
  }

  get isQuiet(): boolean {
    return this.#program.quiet;
  }

  printUnlessQuiet(): void {
    if (!this.isQuiet) this.print(this.#pattern);
  }

  printAppended(): void {
    for (const text of this.appended) this.print(text);
    this.appended = [];
  }

  /** What has been made since the last call. */
  take(): string {
    const made = this.#made;
    this.#made = '';
    return made;
  }

  #endCycle(): void {
    this.printAppended();
    this.#pattern = '';
  }

  #isMeant(step: Step): boolean {
    return this.#isAddressed(step) !== step.command.negated;
  }

  #isAddressed(step: Step): boolean {
    const { first, last } = step.command;
    if (first === undefined) return true;
    if (!this.#inRange.has(step)) {
      const begins = this.#matches(first);
      // Nothing can stand behind the last line.
      if (begins && last !== undefined && first !== 'last') this.#inRange.add(step);
      return begins;
    }
    const isOver = typeof last === 'number' ? this.line >= last : last !== 'last' && this.#matches(last!);
    if (isOver) this.#inRange.delete(step);
    return typeof last !== 'number' || this.line <= last;
  }

  #matches(address: Address): boolean {
    if (address === 'last') return this.isLast;
    return typeof address === 'number' ? this.line === address : this.#pattern.search(address) >= 0;
  }
}

/** Throws where a text is longer than the limit. */
export function withinLimit(text: string): string {
  if (text.length > LONGEST) throw tooLong();
  return text;
}

function tooLong(): Error {
  return new Error(`Sed met a line, or made one, of more than ${LONGEST} bytes`);
}

/** A block whose lines aren't meant is jumped over. */
function otherwise(name: string): 'jump' | undefined {
  return name === '{' ? 'jump' : undefined;
}
