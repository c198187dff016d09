/** What a command is for: a line by its number, the last one, or those that an expression matches. */
export type Address = number | 'last' | RegExp;

/** One command of a sed script. */
export interface Command {
  readonly name: string;
  /** The lines from `first` to `last`; those of `first` alone without the latter, all without both. */
  readonly first: Address | undefined;
  readonly last: Address | undefined;
  /** The lines that the addresses don't mean. */
  readonly negated: boolean;
  /** The text of `a`, `i` and `c`; the label of `:`, `b` and `t`. */
  readonly text: string;
  /** Of `s`. */
  readonly substitution: Substitution | undefined;
  /** Of `y`. */
  readonly characters: ReadonlyMap<string, string> | undefined;
}

export interface Substitution {
  readonly expression: RegExp;
  /** Text, or the number of a group; 0 is the whole match. */
  readonly replacement: readonly (string | number)[];
  /** Which match is replaced; `all` for every one. */
  readonly which: number | 'all';
  /** What is printed under `#n` where something was replaced. */
  readonly prints: 'nothing' | 'all' | 'first line';
}
