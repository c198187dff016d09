import type { DirectiveSite } from '../../core/config/directive.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import { substituteGroups } from '../../phases/substitute-groups.ts';

/** One `s/pattern/replacement/flags`, for text that holds one byte in each character. */
export interface Substitution {
  /** Replaces all matches; the pieces, where they are to stay apart for the next substitution. */
  replace(text: string): string | readonly string[];
}

/** Parses the argument of Substitute; any character may stand for the slash. */
export function parseSubstitution(rule: string, site: DirectiveSite): Substitution {
  const parts = rule.startsWith('s') && rule.length > 1 ? rule.slice(2).split(rule[1]!) : [];
  if (parts.length < 2 || parts.length > 3 || parts[0] === '') {
    return site.fail(`Substitute takes s/pattern/replacement/ with the flags i, n, f and q behind it, not "${rule}"`);
  }
  const [pattern = '', replacement = '', flags = ''] = parts;
  const unknown = /[^infq]/i.exec(flags);
  if (unknown !== null) return site.fail(`Substitute knows the flags i, n, f and q, not "${unknown[0]}"`);
  const has = (flag: string): boolean => flags.toLowerCase().includes(flag);
  const given = asBytes(pattern);
  // The dot stops at the end of a line, which is a part of it.
  const source = has('n') ? given.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : `(?-s)${given}`;
  const expression = compileRegularExpression(source, has('i') ? 'gi' : 'g');
  const template = asBytes(replacement);
  const keepsApart = has('q') && !/[Ff][^Qq]*$/.test(flags);
  const replaced = has('n') ? () => template : (groups: readonly string[]) => substituteGroups(template, groups);
  return { replace: keepsApart ? (text) => piecesOf(text, expression, replaced) : replaceAll(expression, replaced) };
}

/** Filters see bytes: a character of the config that takes several is as many characters here. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function replaceAll(expression: RegExp, replaced: (groups: readonly string[]) => string): (text: string) => string {
  return (text) => text.replace(expression, (...found: unknown[]) => replaced(groupsOf(found)));
}

/** The groups among the arguments of `replace`: what stands before the position. */
function groupsOf(found: readonly unknown[]): readonly string[] {
  return found.slice(
    0,
    found.findIndex((value) => typeof value === 'number'),
  ) as string[];
}

function piecesOf(
  text: string,
  expression: RegExp,
  replaced: (groups: readonly string[]) => string,
): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const match of text.matchAll(expression)) {
    pieces.push(text.slice(at, match.index), replaced(match));
    at = match.index + match[0].length;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== '');
}
