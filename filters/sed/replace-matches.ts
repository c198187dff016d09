import type { Substitution } from './command.ts';

/** Replaces matches in a line; undefined where none was replaced. An empty match right behind another one doesn't count. */
export function replaceMatches(line: string, { expression, replacement, which }: Substitution): string | undefined {
  let result: string | undefined;
  let copied = 0;
  let count = 0;
  let behind = -1;
  expression.lastIndex = 0;
  for (let match = expression.exec(line); match !== null; match = expression.exec(line)) {
    const end = match.index + match[0].length;
    const isEmpty = end === match.index;
    if (isEmpty) expression.lastIndex = end + 1;
    if (isEmpty && end === behind) continue;
    behind = end;
    count++;
    if (which !== 'all' && which !== count) continue;
    result = (result ?? '') + line.slice(copied, match.index) + fill(replacement, match);
    copied = end;
    if (which !== 'all') break;
  }
  return result === undefined ? undefined : result + line.slice(copied);
}

function fill(replacement: Substitution['replacement'], match: RegExpExecArray): string {
  let text = '';
  for (const part of replacement) text += typeof part === 'string' ? part : (match[part] ?? '');
  return text;
}
