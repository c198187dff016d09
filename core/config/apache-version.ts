import { compileRegularExpression } from '../regular-expression.ts';

/** The version of Apache that this server is held against, and that IfVersion asks for. */
const version = '2.4.71';

/**
 * What `<IfVersion>` asks: `>= 2.4`, `2.4.7`, `~ ^2\.4`, `/^2\.4/`.
 *
 * @throws {Error} for anything else.
 */
export function fitsVersion(words: readonly string[]): boolean {
  const [operator = '', operand = ''] = words.length === 1 ? ['=', words[0]] : words;
  const expression = operator === '~' ? operand : /^\/(.*)\/$/.exec(operand)?.[1];
  if (expression !== undefined && ['~', '=', '=='].includes(operator)) {
    return compileRegularExpression(expression).test(version);
  }
  const comparison = comparisons.get(operator);
  if (words.length > 2 || comparison === undefined || !/^\d+(?:\.\d+){0,2}$/.test(operand)) {
    throw new Error(
      `<IfVersion> takes an operator (${[...comparisons.keys()].join(' ')} ~) and a version such as 2.4.7, not "${words.join(' ')}"`,
    );
  }
  return comparison(numberOf(version) - numberOf(operand));
}

const comparisons: ReadonlyMap<string, (difference: number) => boolean> = new Map([
  ['=', (difference) => difference === 0],
  ['==', (difference) => difference === 0],
  ['>', (difference) => difference > 0],
  ['>=', (difference) => difference >= 0],
  ['<', (difference) => difference < 0],
  ['<=', (difference) => difference <= 0],
]);

function numberOf(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return (major * 1000 + minor) * 1000 + patch;
}
