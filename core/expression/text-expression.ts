import type { LastMatch } from './compile.ts';
import type { Evaluated } from './evaluated.ts';
import type { ExpressionOptions } from './linker.ts';
import { Parser } from './parser.ts';
import type { ExpressionSubject } from './subject.ts';

/** Text with values of the request in it. */
export interface TextExpression {
  /** As it was written. */
  readonly text: string;
  /** The result, where it is the same for all requests. */
  readonly constant: string | undefined;
  /** The text for `subject`; `match` gives `$0` to `$9` a value. Throws, or rejects, where a function fails. */
  evaluate(subject: ExpressionSubject, match?: LastMatch): Evaluated<string>;
}

/**
 * Compiles text with `%{NAME}`, `%{function:argument}` and `$1` in it. Throws ExpressionError with the column of the fault.
 *
 * @example
 * const where = parseText('https://%{HTTP_HOST}%{REQUEST_URI}');
 * r.headersOut.set('Location', await where.evaluate(r));
 */
export function parseText(text: string, options: ExpressionOptions = {}): TextExpression {
  const word = new Parser(text, options, false).text();
  return {
    text,
    constant: word.constant,
    evaluate: (subject, match = { groups: undefined }) => word.read(subject, match),
  };
}
