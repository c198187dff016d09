import { setFlagsFromString } from 'node:v8';
import { explodingText, isLinear } from './exploding-expression.ts';
import { RegularExpressionError, translatePcre } from './pcre.ts';

// A pattern that backtracks without end on a hostile URL goes on in V8's linear-time engine instead.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/**
 * Compiles a regular expression in Apache's (PCRE) spelling and with Apache's defaults: the dot matches everything, `$`
 * only the very end. Flags: `i` either case (ASCII letters), `m` `^` and `$` match at every line, `g` for replacing all,
 * `s` is accepted.
 *
 * Throws RegularExpressionError, which names the fault, for patterns and flags that are wrong or not supported, and for a
 * pattern that never comes to an end on a hostile text where no linear-time engine can help.
 *
 * @example
 * compileRegularExpression('^/user/(?<name>\\w+)$', 'i').exec('/USER/mia')?.groups?.name; // 'mia'
 */
export function compileRegularExpression(pattern: string, flags = ''): RegExp {
  const expression = construct(pattern, flags);
  const text = isLinear(expression) ? undefined : explodingText(expression);
  if (text === undefined) return expression;
  throw new RegularExpressionError(
    pattern,
    `it would take years to find that it doesn't match ${JSON.stringify(text.slice(0, 20))} and so on; write it without repetitions inside repetitions`,
  );
}

function construct(pattern: string, flags: string): RegExp {
  const translated = translatePcre(pattern, flags);
  try {
    return new RegExp(translated.source, translated.flags);
  } catch (cause) {
    const fault = String(cause).replace(/^.*: /s, '').toLowerCase();
    throw new RegularExpressionError(pattern, fault, { cause });
  }
}
