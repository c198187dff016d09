import type { LastMatch } from './compile.ts';
import type { Evaluated } from './evaluated.ts';
import type { ExpressionOptions } from './linker.ts';
import { Parser } from './parser.ts';
import type { ExpressionSubject } from './subject.ts';

/** A boolean expression, ready to be asked about requests. */
export interface Condition {
  /** As it was written. */
  readonly text: string;
  /**
   * Whether `subject` meets it. `match` gives `$0` to `$9` a value from outside and keeps the last match for the caller.
   * Throws, or rejects, where a function fails, e.g. `file()` of an absent file: nothing has been decided then.
   */
  evaluate(subject: ExpressionSubject, match?: LastMatch): Evaluated<boolean>;
}

/**
 * Compiles an expression of `<If>`, `Require expr` and their kin. Throws ExpressionError with the column of the fault.
 *
 * @example
 * const local = parseCondition("-R '127.0.0.0/8' || %{HTTP_HOST} == 'localhost'");
 * if (await local.evaluate(r)) …
 */
export function parseCondition(text: string, options: ExpressionOptions = {}): Condition {
  const test = new Parser(text, options, true).condition();
  return { text, evaluate: (subject, match = { groups: undefined }) => test(subject, match) };
}
