import { ConfigError, formatPosition } from './config-error.ts';
import type { SourceLine } from './source-lines.ts';
import type { Position } from './tree.ts';

/** `<Macro Name $parameter …>` and the lines inside, not yet looked at. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly lines: readonly SourceLine[];
  readonly at: Position;
}

/**
 * The macro's lines with the arguments put in place of the parameters, wherever their names stand.
 *
 * @throws {ConfigError} for a wrong number of arguments.
 */
export function expandMacro(macro: Macro, args: readonly string[], at: Position): SourceLine[] {
  const { name, parameters } = macro;
  if (args.length !== parameters.length) {
    throw new ConfigError(
      at,
      `macro ${name} takes ${parameters.length} arguments (${parameters.join(' ')}), but ${args.length} were given; ` +
        `it is defined at ${formatPosition(macro.at)}`,
    );
  }
  const values = new Map(parameters.map((parameter, index) => [parameter, written(parameter, args[index] ?? '')]));
  const usedBy = `in macro ${name}, used at ${formatPosition(at)}`;
  // Longest first: with $a and $ab, `$ab` is not `$a` and a letter.
  const names = parameters.toSorted((a, b) => b.length - a.length).map(escapeRegExp);
  const anyName = new RegExp(names.join('|'), 'g');
  const fill = (text: string): string =>
    names.length === 0 ? text : text.replace(anyName, (parameter) => values.get(parameter) ?? parameter);
  return macro.lines.map((line) => ({ text: fill(line.text), at: { ...line.at, usedBy } }));
}

/** For a parameter that begins with @ the argument is put in quotes, whatever is in it. */
function written(parameter: string, argument: string): string {
  return parameter.startsWith('@') ? `"${argument.replace(/["\\]/g, '\\$&')}"` : argument;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
