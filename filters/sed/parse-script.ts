import { type BasicExpression, readExpression } from './basic-expression.ts';
import type { Address, Command, Substitution } from './command.ts';
import { ScriptReader } from './script-reader.ts';

/** The commands of a script, or of a part of one, in order. */
export interface ParsedScript {
  readonly commands: readonly Command[];
  /** The script begins with `#n`: lines are shown only where a command says so. */
  readonly quiet: boolean;
}

/** Parses the text of InputSed or OutputSed. Throws an Error that says what is wrong. */
export function parseScript(script: string): ParsedScript {
  return { commands: new ScriptParser(new ScriptReader(script)).read(), quiet: /^#n(?:\n|$)/.test(script) };
}

const withoutAddress: ReadonlySet<string> = new Set(['}', ':']);
const withOneAddress: ReadonlySet<string> = new Set(['=', 'a', 'i', 'q']);
const withText: ReadonlySet<string> = new Set(['a', 'i', 'c']);
const withLabel: ReadonlySet<string> = new Set([':', 'b', 't']);
const alone: ReadonlySet<string> = new Set('{}=gGhHxnNpPdDql');
const files: ReadonlySet<string> = new Set(['r', 'w']);

class ScriptParser {
  readonly #reader: ScriptReader;
  /** The expression that an empty one stands for. */
  #latest: BasicExpression | undefined;

  constructor(reader: ScriptReader) {
    this.#reader = reader;
  }

  read(): readonly Command[] {
    const commands: Command[] = [];
    for (;;) {
      this.#reader.takeAll(/(?:[ \t\n;]|#[^\n]*)*/y);
      if (this.#reader.isAtEnd) return commands;
      commands.push(this.#command());
    }
  }

  #command(): Command {
    const first = this.#address();
    const last = first !== undefined && this.#reader.take(',') ? this.#lastAddress() : undefined;
    const negated = this.#reader.takeAll(/[ \t]*(?:![ \t]*)*/y).includes('!');
    const name = this.#reader.next();
    const addresses = Number(first !== undefined) + Number(last !== undefined);
    const most = withoutAddress.has(name) ? 0 : withOneAddress.has(name) ? 1 : 2;
    if (addresses > most)
      throw new Error(`the command ${name} takes ${most === 0 ? 'no address' : 'one address only'}`);
    const command = { name, first, last, negated, text: '', substitution: undefined, characters: undefined };
    if (withText.has(name)) return { ...command, text: this.#text(name) };
    if (withLabel.has(name)) return { ...command, text: this.#label(name) };
    if (name === 's') return this.#ended({ ...command, substitution: this.#substitution() });
    if (name === 'y') return this.#ended({ ...command, characters: this.#characters() });
    if (files.has(name)) throw new Error(`the command ${name}, which uses files, is not supported`);
    if (!alone.has(name)) throw new Error(name === '' ? 'a command is missing' : `there is no command ${name}`);
    return name === '{' ? command : this.#ended(command);
  }

  /** Only a `;`, a new line or the end of a block may follow a command. */
  #ended(command: Command): Command {
    this.#reader.takeAll(/[ \t]*/y);
    if (!this.#reader.isAtEnd && !'};\n#'.includes(this.#reader.peek())) {
      throw new Error(`"${this.#reader.rest}" can't stand behind the command ${command.name}`);
    }
    return command;
  }

  #address(): Address | undefined {
    this.#reader.takeAll(/[ \t]*/y);
    const digits = this.#reader.takeAll(/\d+/y);
    if (digits !== '') return Number(digits);
    if (this.#reader.take('$')) return 'last';
    if (this.#reader.take('/')) return this.#expression('/').expression;
    return this.#reader.take('\\') ? this.#expression(this.#delimiter()).expression : undefined;
  }

  #lastAddress(): Address {
    const address = this.#address();
    if (address === undefined) throw new Error('behind the comma a second address is missing');
    return address;
  }

  #delimiter(): string {
    const delimiter = this.#reader.next();
    if (delimiter === '' || delimiter === '\n' || delimiter === '\\') {
      throw new Error('a character that ends the expression is missing');
    }
    return delimiter;
  }

  #expression(delimiter: string): BasicExpression {
    this.#latest = readExpression(this.#reader, delimiter) ?? this.#latest;
    if (this.#latest === undefined) throw new Error('there is no expression that an empty one could stand for');
    return this.#latest;
  }

  /** On the same line, as others have it, or behind a backslash on the next ones. */
  #text(name: string): string {
    this.#reader.takeAll(/[ \t]*(?:\\[ \t]*\n?)?[ \t]*/y);
    const given = this.#reader.takeAll(/(?:\\[^]|[^\\\n])*/y);
    if (given === '') throw new Error(`the command ${name} needs a text`);
    return given.replace(/\\([^])/g, '$1').replace(/\n[ \t]+/g, '\n');
  }

  #label(name: string): string {
    const label = this.#reader.takeAll(/[ \t]*[^\n;}]*/y).trim();
    if (name === ':' && label === '') throw new Error('a label is missing behind the colon');
    return label;
  }

  #substitution(): Substitution {
    const delimiter = this.#delimiter();
    const { expression, groups } = this.#expression(delimiter);
    const replacement = this.#replacement(delimiter, groups);
    const { which = '', prints = '' } = /^(?<which>g|\d*)(?<prints>[pP]?)$/.exec(this.#flags())?.groups ?? {};
    return {
      expression,
      replacement,
      which: which === 'g' ? 'all' : Number(which || 1),
      prints: prints === '' ? 'nothing' : prints === 'p' ? 'all' : 'first line',
    };
  }

  #flags(): string {
    const flags = this.#reader.takeAll(/\w*/y);
    if (/^(?:g|[1-9]\d{0,2})?[pP]?$/.test(flags) && (Number.parseInt(flags, 10) || 0) <= 512) return flags;
    throw new Error(`s takes the flags g, or a number of up to 512, and p or P, not "${flags}"`);
  }

  #replacement(delimiter: string, groups: number): readonly (string | number)[] {
    const parts: (string | number)[] = [];
    while (!this.#reader.take(delimiter)) {
      const character = this.#reader.next();
      if (character === '') throw new Error(`the ${delimiter} behind the replacement is missing`);
      if (character === '&') parts.push(0);
      else if (character === '\\') parts.push(escapedInReplacement(this.#reader.next(), groups));
      else parts.push(character);
    }
    return joined(parts);
  }

  #characters(): ReadonlyMap<string, string> {
    const delimiter = this.#delimiter();
    const from = this.#characterList(delimiter);
    const to = this.#characterList(delimiter);
    if (from.length !== to.length) throw new Error(`y has ${from.length} characters for ${to.length}`);
    return new Map(from.map((character, at) => [character, to[at]!]));
  }

  #characterList(delimiter: string): readonly string[] {
    const list: string[] = [];
    while (!this.#reader.take(delimiter)) {
      const character = this.#reader.next();
      if (character === '') throw new Error(`the ${delimiter} behind the characters of y is missing`);
      if (character !== '\\') list.push(character);
      else if (this.#reader.take('n')) list.push('\n');
      else list.push(this.#reader.take(delimiter) ? delimiter : (this.#reader.take('\\'), '\\'));
    }
    return list;
  }
}

function escapedInReplacement(character: string, groups: number): string | number {
  if (character === '') throw new Error('the backslash at the end of the replacement stands for nothing');
  if (character === 'n') return '\n';
  if (!/[1-9]/.test(character)) return character;
  if (Number(character) > groups) throw new Error(`\\${character} stands for a group that isn't there`);
  return Number(character);
}

/** Neighbouring pieces of text as one. */
function joined(parts: readonly (string | number)[]): readonly (string | number)[] {
  const result: (string | number)[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (typeof part === 'string' && typeof before === 'string') result[result.length - 1] = before + part;
    else result.push(part);
  }
  return result;
}
