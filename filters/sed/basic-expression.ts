import { compileRegularExpression } from '../../core/regular-expression.ts';
import type { ScriptReader } from './script-reader.ts';

/** A basic regular expression (POSIX.1-2024, XBD 9.3), as sed reads it. */
export interface BasicExpression {
  readonly expression: RegExp;
  readonly groups: number;
}

/** What `[:name:]` stands for in a bracket expression, in the C locale. */
const classes: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/**
 * Reads an expression up to `delimiter`, which stands right behind it. Undefined where there is none between the two: the
 * one before counts again. Throws an Error that says what is wrong.
 */
export function readExpression(reader: ScriptReader, delimiter: string): BasicExpression | undefined {
  if (reader.take(delimiter)) return undefined;
  const translation = new Translation(reader, delimiter);
  const source = translation.read();
  return { expression: compileRegularExpression(source, 'g'), groups: translation.groups };
}

class Translation {
  readonly #reader: ScriptReader;
  readonly #delimiter: string;
  readonly #open: number[] = [];
  readonly #closed = new Set<number>();
  groups = 0;
  /** Whether something stands in front that can be repeated, and if not, why. */
  #before: 'atom' | 'start' | 'group' = 'start';

  constructor(reader: ScriptReader, delimiter: string) {
    this.#reader = reader;
    this.#delimiter = delimiter;
  }

  read(): string {
    const { text } = this.#reader;
    let source = this.#reader.take('^') ? '^' : '';
    while (!this.#reader.take(this.#delimiter)) {
      if (this.#reader.isAtEnd) throw new Error(`the ${this.#delimiter} behind the expression is missing`);
      const character = this.#reader.next();
      if (character === '$' && text.charAt(this.#reader.at) === this.#delimiter) source += '$';
      else source += this.#element(character);
    }
    if (this.#open.length > 0) throw new Error('a \\( has no \\)');
    return source;
  }

  #element(character: string): string {
    if (character === '\\') return this.#escaped();
    if (character === '*' && this.#before !== 'start') return this.#repeated('*');
    this.#before = 'atom';
    if (character === '.') return '.';
    return character === '[' ? this.#bracket() : literal(character);
  }

  #escaped(): string {
    const character = this.#reader.next();
    if (character === '(') {
      this.#open.push(++this.groups);
      this.#before = 'start';
      return '(';
    }
    if (character === ')') {
      const group = this.#open.pop();
      if (group === undefined) throw new Error('a \\) has no \\(');
      this.#closed.add(group);
      this.#before = 'group';
      return ')';
    }
    if (character === '{' && this.#before !== 'start') return this.#repeated(this.#interval());
    this.#before = 'atom';
    if (character === 'n') return '\\n';
    return /[1-9]/.test(character) ? this.#backReference(Number(character)) : literal(character);
  }

  #backReference(group: number): string {
    if (!this.#closed.has(group)) throw new Error(`\\${group} stands for a group that isn't there`);
    return `(?:\\${group})`;
  }

  /** mod_sed takes a repeated group for something else, and repetitions inside repetitions explode. */
  #repeated(count: string): string {
    if (this.#before === 'group') throw new Error(`a group can't be repeated with ${count}`);
    this.#before = 'start';
    return count;
  }

  #interval(): string {
    const found = this.#reader.takeAll(/\d{1,3}(?:,\d{0,3})?\\\}/y);
    const [least = '', most] = found.slice(0, -2).split(',');
    if (found === '' || Number(least) > 254 || Number(most) > 254) {
      throw new Error('a \\{ needs one number, or two with a comma between, of at most 254, and \\} behind them');
    }
    if (most !== undefined && most !== '' && Number(most) < Number(least)) {
      throw new Error(`in \\{${least},${most}\\} the first number is the larger one`);
    }
    return `{${found.slice(0, -2)}}`;
  }

  /** Backslashes mean nothing inside, and a first `]` is one of the characters. */
  #bracket(): string {
    let inside = this.#reader.take('^') ? '^' : '';
    let isFirst = true;
    for (; isFirst || !this.#reader.take(']'); isFirst = false) {
      if (this.#reader.isAtEnd) throw new Error('a [ has no ]');
      const name = this.#reader.takeAll(/\[:\w+:\]/y).slice(2, -2);
      inside += name === '' ? this.#range() : (classes[name] ?? fail(`there is no class [:${name}:]`));
    }
    return `[${inside}]`;
  }

  #range(): string {
    const from = this.#reader.next();
    const to = this.#reader.takeAll(/-[^\]]/sy).charAt(1);
    if (to === '') return code(from);
    if (to < from) throw new Error(`the range ${from}-${to} is the wrong way round`);
    return `${code(from)}-${code(to)}`;
  }
}

function literal(character: string): string {
  return /^\w$/.test(character) ? character : code(character);
}

function code(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function fail(message: string): never {
  throw new Error(message);
}
