import { comparisons } from './comparisons.ts';
import {
  backReferenceWord,
  comparison,
  concatenation,
  constantWord,
  membership,
  negation,
  regexTest,
  sequence,
  type Test,
  type Word,
} from './compile.ts';
import { type ExpressionOptions, Linker } from './linker.ts';
import { deepestNesting, type Piece, Scanner, type Token, type VariablePiece } from './scanner.ts';

/** Compiles while it reads: recursive descent, one method for each rule of the grammar. All methods throw ExpressionError. */
export class Parser {
  readonly #scanner: Scanner;
  readonly #linker: Linker;
  #token: Token = { kind: 'end', value: '', start: 0, end: 0 };
  #depth = 0;

  /** `vary`: the default for the option of that name. */
  constructor(text: string, options: ExpressionOptions, vary: boolean) {
    this.#scanner = new Scanner(text);
    this.#linker = new Linker(this.#scanner, options, vary);
  }

  /** The whole text as a condition. */
  condition(): Test {
    this.#goTo(0);
    const test = this.#disjunction();
    if (this.#token.kind !== 'end') throw this.#unexpected('&&, || or the end');
    return test;
  }

  /** The whole text as words to interpolate. */
  text(): Word {
    return this.#interpolation(this.#scanner.readText(0, '').pieces);
  }

  #disjunction(): Test {
    const tests = [this.#conjunction()];
    while (this.#accept('or')) tests.push(this.#conjunction());
    return tests.length === 1 ? tests[0]! : sequence(tests, true);
  }

  #conjunction(): Test {
    const tests = [this.#negation()];
    while (this.#accept('and')) tests.push(this.#negation());
    return tests.length === 1 ? tests[0]! : sequence(tests, false);
  }

  #negation(): Test {
    let negated = false;
    while (this.#accept('not')) negated = !negated;
    const test = this.#primary();
    return negated ? negation(test) : test;
  }

  #primary(): Test {
    const token = this.#token;
    if (this.#accept('constant')) return () => token.value === 'true';
    if (this.#accept('unary')) {
      const { start } = this.#token;
      return this.#linker.unary(token, this.#word(), start);
    }
    if (!this.#accept('mark', '(')) return this.#comparison();
    const test = this.#nested(() => this.#disjunction());
    this.#expect(')');
    return test;
  }

  #comparison(): Test {
    const left = this.#word();
    const operator = this.#token;
    if (this.#accept('comparison')) return comparison(left, this.#word(), comparisons.get(operator.value)!);
    if (this.#accept('regexComparison')) return regexTest(left, this.#regex(), operator.value === '=~');
    if (this.#accept('in')) return this.#list(left);
    if (!this.#accept('binary')) throw this.#unexpected('a comparison such as ==, =~, -eq, in or -strmatch');
    const { start } = this.#token;
    return this.#linker.binary(operator, left, this.#word(), start);
  }

  #list(needle: Word): Test {
    const name = this.#token;
    if (this.#accept('mark', '{')) {
      const words = this.#words();
      this.#expect('}');
      return membership(needle, words);
    }
    if (!this.#accept('name')) throw this.#unexpected('a list in { } or a function that gives a list');
    this.#expect('(');
    const argument = this.#nested(() => this.#word());
    this.#expect(')');
    return this.#linker.listCall(name, needle, argument);
  }

  #words(): Word[] {
    const words = [this.#word()];
    while (this.#accept('mark', ',')) words.push(this.#word());
    return words;
  }

  #word(): Word {
    const words = [this.#simpleWord()];
    while (this.#accept('mark', '.')) words.push(this.#simpleWord());
    return concatenation(words);
  }

  #simpleWord(): Word {
    const token = this.#token;
    if (this.#accept('number')) return constantWord(token.value);
    if (this.#accept('backReference')) return backReferenceWord(Number(token.value[1]));
    if (this.#accept('name')) return this.#functionCall(token);
    if (token.kind === 'quote') {
      const { pieces, end } = this.#scanner.readText(token.end, token.value);
      this.#goTo(end);
      return this.#interpolation(pieces);
    }
    if (token.kind === 'variable') {
      const { piece, end } = this.#scanner.readVariable(token.start);
      this.#goTo(end);
      return this.#variable(piece);
    }
    throw this.#unexpected('a value: text in quotes, a number, %{NAME}, $0 to $9, or a function call');
  }

  #functionCall({ value, start }: Token): Word {
    if (!this.#accept('mark', '(')) {
      throw this.#scanner.fault(
        start,
        `${value} stands alone; put text in quotes, or write ${value}(…) for a function`,
      );
    }
    const words = this.#nested(() => this.#words());
    this.#expect(')');
    return this.#linker.call(value, start, words);
  }

  #interpolation(pieces: readonly Piece[]): Word {
    const words = pieces.map((piece) => {
      if (piece.kind === 'literal') return constantWord(piece.text);
      return piece.kind === 'variable' ? this.#variable(piece) : backReferenceWord(piece.group);
    });
    return concatenation(words);
  }

  #variable({ name, start, argument }: VariablePiece): Word {
    if (argument === undefined) return this.#linker.variable(name, start);
    return this.#linker.call(name, start, [this.#interpolation(argument)]);
  }

  #regex(): RegExp {
    const opening = this.#token;
    if (opening.kind !== 'regex') throw this.#unexpected('a regular expression such as /^a.*z$/i or m#^/x/#');
    const { pattern, flags, end } = this.#scanner.readRegex(opening);
    this.#goTo(end);
    return this.#linker.regex(pattern, flags, opening.start);
  }

  #nested<Result>(parse: () => Result): Result {
    if (++this.#depth > deepestNesting) {
      throw this.#scanner.fault(this.#token.start, `nested more than ${deepestNesting} deep`);
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Passes over the current token if it is of this kind. */
  #accept(kind: Token['kind'], value?: string): boolean {
    if (this.#token.kind !== kind || (value !== undefined && this.#token.value !== value)) return false;
    this.#goTo(this.#token.end);
    return true;
  }

  #expect(mark: string): void {
    if (!this.#accept('mark', mark)) throw this.#unexpected(mark);
  }

  #goTo(at: number): void {
    this.#token = this.#scanner.tokenAt(at);
  }

  #unexpected(expected: string): Error {
    const { kind, start, end } = this.#token;
    const given = kind === 'end' ? 'the expression ends' : `there is ${this.#scanner.text.slice(start, end)}`;
    return this.#scanner.fault(start, `expected ${expected}, but ${given}`);
  }
}
