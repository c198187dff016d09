import { isRegExp } from 'node:util/types';

import { argumentCounts, singleShapes } from './arguments.ts';
import { ConfigError } from './config-error.ts';
import type { ArgumentShape } from './directive.ts';
import { patternSource } from './pattern-source.ts';
import type { RegisteredDirective } from './registry.ts';
import type { Argument, DirectiveNode, Position } from './tree.ts';
import { splitWords } from './words.ts';

/**
 * The lines that a TypeScript config's value stands for. Directives with one argument: an array is several lines. Others: a
 * string is a line's text, an array its arguments, an array of arrays several lines.
 *
 * @throws {ConfigError} for a value that can't be written as arguments.
 */
export function directiveLines(registered: RegisteredDirective, value: unknown, at: Position): DirectiveNode[] {
  const { name, declaration } = registered;
  const { takes } = declaration;
  if (takes === 'none') {
    if (typeof value !== 'boolean')
      throw new ConfigError(at, `${name} takes no arguments: true says it, false doesn't`);
    return value ? [{ kind: 'directive', name, args: [], ...at }] : [];
  }
  return linesOf(takes, value).map((line) => {
    if (typeof line === 'string' && !singleShapes.has(takes)) {
      return { kind: 'directive', name, args: splitWords(line), text: line, ...at };
    }
    const elements: readonly unknown[] = Array.isArray(line) ? line : [line];
    return { kind: 'directive', name, args: elements.map((element) => toArgument(element, registered, at)), ...at };
  });
}

function linesOf(takes: ArgumentShape, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  if (value.length === 0) return [];
  return singleShapes.has(takes) || value.some((element) => Array.isArray(element)) ? value : [value];
}

function toArgument(value: unknown, { name, declaration }: RegisteredDirective, at: Position): Argument {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (isRegExp(value)) return patternSource(value);
  if (typeof value === 'function' || (declaration.functions && typeof value === 'object' && value !== null)) {
    return value as Argument;
  }
  const kind = value === null ? 'null' : `of type ${typeof value}`;
  throw new ConfigError(
    at,
    `${name} takes ${argumentCounts[declaration.takes].words} (${declaration.usage}), but a value is ${kind}`,
  );
}
