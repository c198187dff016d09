import { ExpressionError } from './expression-error.ts';

/** A word of the expression language; `start` and `end` are offsets in the text. */
export interface Token {
  readonly kind: TokenKind;
  /** The token's meaning: comparison names are those with letters, operators have no dash, numbers their digits. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export type TokenKind =
  | 'end'
  | 'mark'
  | 'and'
  | 'or'
  | 'not'
  | 'constant'
  | 'in'
  | 'comparison'
  | 'regexComparison'
  | 'unary'
  | 'binary'
  | 'number'
  | 'name'
  | 'quote'
  | 'variable'
  | 'backReference'
  | 'regex';

/** A piece of interpolated text. */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'backReference'; readonly group: number }
  | VariablePiece;

/** `%{name}` or `%{name:argument}` */
export interface VariablePiece {
  readonly kind: 'variable';
  readonly name: string;
  /** Of the name. */
  readonly start: number;
  readonly argument: readonly Piece[] | undefined;
}

const words: ReadonlyMap<string, readonly [kind: TokenKind, value: string]> = new Map<
  string,
  readonly [TokenKind, string]
>([
  ['and', ['and', '&&']],
  ['&&', ['and', '&&']],
  ['or', ['or', '||']],
  ['||', ['or', '||']],
  ['not', ['not', '!']],
  ['!', ['not', '!']],
  ['true', ['constant', 'true']],
  ['false', ['constant', 'false']],
  ['in', ['in', 'in']],
  ['-in', ['in', 'in']],
  ['=~', ['regexComparison', '=~']],
  ['!~', ['regexComparison', '!~']],
  ...['==', '!=', '<', '<=', '>', '>='].map((word) => [word, ['comparison', word]] as const),
  ['=', ['comparison', '==']],
  ...['eq', 'ne', 'lt', 'le', 'gt', 'ge'].flatMap(
    (word) =>
      [
        [word, ['comparison', word]],
        [`-${word}`, ['comparison', word]],
      ] as const,
  ),
]);

/** In the order in which they are tried; a regex wins over a name and a number over an operator, as in Apache. */
const forms: readonly [form: RegExp, kind: TokenKind | 'word'][] = [
  [/\/|m[/#$%^|?!'",;:.-]/y, 'regex'],
  [/["']/y, 'quote'],
  [/%\{/y, 'variable'],
  [/\$[0-9]/y, 'backReference'],
  [/-?[0-9]+/y, 'number'],
  [/-[a-zA-Z_]\w*|=~|!~|[=!<>]=|&&|\|\||[=!<>]/y, 'word'],
  [/[a-zA-Z]\w*/y, 'word'],
  [/[(){},.]/y, 'mark'],
];

/** Of parentheses and of variables in variables: keeps a hostile text from using up the stack. */
export const deepestNesting = 100;

/** Reads tokens and interpolated text out of an expression. All its methods throw ExpressionError. */
export class Scanner {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The token at `at` or behind the white space there. */
  tokenAt(at: number): Token {
    const start = matchAt(/[ \t\n]*/y, this.text, at)![0].length + at;
    if (start === this.text.length) return { kind: 'end', value: '', start, end: start };
    for (const [form, kind] of forms) {
      const found = matchAt(form, this.text, start);
      if (found === null) continue;
      const value = found[0];
      const end = start + value.length;
      if (kind !== 'word') return { kind, value, start, end };
      const known = words.get(value);
      if (known !== undefined) return { kind: known[0], value: known[1], start, end };
      if (!value.startsWith('-')) return { kind: 'name', value, start, end };
      return { kind: value.length === 2 ? 'unary' : 'binary', value: value.slice(1), start, end };
    }
    throw this.fault(start, `"${this.text[start]}" has no meaning here`);
  }

  /** Interpolated text from `at` to `stop` (a quote, a brace, or the end); the stop itself is passed over. */
  readText(at: number, stop: string, depth = 0): { pieces: Piece[]; end: number } {
    if (depth > deepestNesting) throw this.fault(at, `nested more than ${deepestNesting} deep`);
    const pieces: Piece[] = [];
    let literal = '';
    const start = at;
    while (at < this.text.length) {
      const character = this.text[at]!;
      if (character === stop) break;
      const special = matchAt(/\\|\$[0-9]|%\{/y, this.text, at);
      if (special === null) {
        if (stop !== '' && character === '\n') throw this.fault(at, `a line end before the closing ${stop}`);
        literal += character;
        at++;
      } else if (special[0] === '\\') {
        const escaped = this.#readEscape(at);
        literal += escaped.character;
        at = escaped.end;
      } else {
        if (literal !== '') pieces.push({ kind: 'literal', text: literal });
        literal = '';
        if (special[0] === '%{') {
          const { piece, end } = this.readVariable(at, depth);
          pieces.push(piece);
          at = end;
        } else {
          pieces.push({ kind: 'backReference', group: Number(special[0][1]) });
          at += 2;
        }
      }
    }
    if (stop !== '' && at >= this.text.length) throw this.fault(start - 1, `no closing ${stop}`);
    if (literal !== '') pieces.push({ kind: 'literal', text: literal });
    return { pieces, end: at + stop.length };
  }

  /** `%{NAME}` or `%{name:argument}` at `at`. */
  readVariable(at: number, depth = 0): { piece: VariablePiece; end: number } {
    const start = at + 2;
    const found = matchAt(/([a-zA-Z]\w*)([:}])/y, this.text, start);
    if (found === null) {
      throw this.fault(
        start,
        'expected a name, then } or a colon and an argument, as in %{REQUEST_URI} or %{req:Host}',
      );
    }
    const name = found[1]!;
    const end = start + found[0].length;
    if (found[2] === '}') return { piece: { kind: 'variable', name, start, argument: undefined }, end };
    const argument = this.readText(end, '}', depth + 1);
    if (argument.pieces.length === 0) throw this.fault(end, `expected an argument for %{${name}:…}`);
    return { piece: { kind: 'variable', name, start, argument: argument.pieces }, end: argument.end };
  }

  /** The pattern and flags of a `/pattern/flags` or `m#pattern#flags`, given its opening token. */
  readRegex(opening: Token): { pattern: string; flags: string; end: number } {
    const separator = opening.value.at(-1)!;
    let at = opening.end;
    // Apache ends the pattern at an escaped separator too, and then always fails.
    while (at < this.text.length && this.text[at] !== separator) at += this.text[at] === '\\' ? 2 : 1;
    if (at >= this.text.length) throw this.fault(opening.start, `no closing ${separator} of the regular expression`);
    const [flags] = matchAt(/\w*/y, this.text, at + 1)!;
    const wrong = /[^ismg]/.exec(flags);
    if (wrong !== null) throw this.fault(at + 1 + wrong.index, `unknown flag ${wrong[0]}; known are i, s, m and g`);
    return { pattern: this.text.slice(opening.end, at), flags, end: at + 1 + flags.length };
  }

  /** The error to throw for a fault at `at`. */
  fault(at: number, fault: string, options?: ErrorOptions): ExpressionError {
    return new ExpressionError(this.text, at, fault, options);
  }

  #readEscape(at: number): { character: string; end: number } {
    const next = this.text[at + 1];
    if (next === undefined) throw this.fault(at, 'nothing follows the backslash; write \\\\ for a backslash');
    if (next === '\n') throw this.fault(at + 1, 'a line end in the text; write \\n');
    const digits = matchAt(/[0-9]+/y, this.text, at + 1)?.[0];
    if (digits !== undefined) {
      const code = /^[0-7]{1,3}$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
      if (!(code <= 0xff)) throw this.fault(at, `\\${digits} is no octal number up to \\377`);
      return { character: String.fromCharCode(code), end: at + 1 + digits.length };
    }
    return { character: controlEscapes.get(next) ?? next, end: at + 2 };
  }
}

const controlEscapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}
