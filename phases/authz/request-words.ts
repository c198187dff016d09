import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { ExpressionParser } from '../../core/expression/expression-parser.ts';
import type { TextExpression } from '../../core/expression/text-expression.ts';
import type { RequestRecord } from '../../core/request-record.ts';

/** Words of a `Require` line; those with `%{…}` in them are worked out per request, and may then be several. */
export type RequestWords = (r: RequestRecord) => Evaluated<ReadonlySet<string>>;

/** Throws where there are no words; `provider` is the one that wants them, `what` what they are. */
export function requestWords(
  words: readonly string[],
  provider: string,
  what: string,
  line: ExpressionParser,
): RequestWords {
  if (words.length === 0) throw new Error(`Require ${provider} needs at least one ${what}`);
  if (!words.some((word) => word.includes('%{'))) {
    const constant = new Set(words);
    return () => constant;
  }
  const expressions = words.map((word) => line.parseText(word));
  return (r) => collect(r, expressions, 0, new Set());
}

function collect(
  r: RequestRecord,
  expressions: readonly TextExpression[],
  at: number,
  found: Set<string>,
): Evaluated<ReadonlySet<string>> {
  const expression = expressions[at];
  if (expression === undefined) return found;
  return whenReady(expression.evaluate(r), (text) => {
    for (const word of text.split(/\s+/)) if (word !== '') found.add(word);
    return collect(r, expressions, at + 1, found);
  });
}
