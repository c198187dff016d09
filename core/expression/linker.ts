import { didYouMean } from '../config/nearest-name.ts';
import { compileRegularExpression } from '../regular-expression.ts';
import { functionWord, membershipOf, preparedTest, type Test, variableWord, type Word, wordTest } from './compile.ts';
import type { Scanner, Token } from './scanner.ts';
import type { ExpressionSubject } from './subject.ts';
import { coreVocabulary, type Vocabulary } from './vocabulary.ts';

export interface ExpressionOptions {
  /** The names that may be used; those of Apache's core by default. */
  readonly vocabulary?: Vocabulary | undefined;
  /** Whoever wrote the expression may not look at the file system with it, e.g. in `.htaccess`. */
  readonly untrusted?: boolean | undefined;
  /** Whether the subject is told of the request headers that were read; conditions do by default, texts don't. */
  readonly vary?: boolean | undefined;
}

/** Ties the names in an expression to what they stand for. All methods throw ExpressionError. */
export class Linker {
  readonly #scanner: Scanner;
  readonly #vocabulary: Vocabulary;
  readonly #untrusted: boolean;
  readonly #vary: boolean;

  constructor(scanner: Scanner, options: ExpressionOptions, vary: boolean) {
    this.#scanner = scanner;
    this.#vocabulary = options.vocabulary ?? coreVocabulary;
    this.#untrusted = options.untrusted ?? false;
    this.#vary = options.vary ?? vary;
  }

  variable(name: string, start: number): Word {
    const known = this.#vocabulary.variables;
    const found = known.get(name.toUpperCase()) ?? this.#unknown(start, 'variable', name, known);
    const { varyOn } = found;
    if (!this.#vary || varyOn === undefined) return variableWord((subject) => found.read(subject));
    return variableWord((subject) => {
      reportVary(subject, varyOn);
      return found.read(subject);
    });
  }

  call(name: string, start: number, words: readonly Word[]): Word {
    const known = this.#vocabulary.functions;
    const found = known.get(name.toLowerCase()) ?? this.#unknown(start, 'function', name, known);
    const { arity = 1 } = found;
    if (words.length !== arity) {
      throw this.#scanner.fault(start, `${name} takes ${arity} argument${arity === 1 ? '' : 's'}, not ${words.length}`);
    }
    if (found.readsFiles === true) this.#refuseFiles(start, name);
    if (!this.#vary || found.variesOnArgument !== true) {
      return functionWord((subject, argument, ...more) => found.call(subject, argument, ...more), words);
    }
    return functionWord((subject, argument, ...more) => {
      reportVary(subject, argument);
      return found.call(subject, argument, ...more);
    }, words);
  }

  listCall(name: Token, needle: Word, argument: Word): Test {
    const known = this.#vocabulary.listFunctions;
    const found = known.get(name.value.toLowerCase()) ?? this.#unknown(name.start, 'list function', name.value, known);
    return membershipOf(needle, argument, (text, subject) => found.call(subject, text));
  }

  unary(operator: Token, word: Word, start: number): Test {
    const known = this.#vocabulary.unaryOperators;
    const found = known.get(operator.value) ?? this.#unknown(operator.start, 'unary operator', operator.value, known);
    if ('prepare' in found) {
      const constant = this.#constant(operator, word, start);
      return this.#prepare(start, () => found.prepare(constant));
    }
    if (found.readsFiles === true) this.#refuseFiles(operator.start, `-${operator.value}`);
    return wordTest(word, (text, subject) => found.test(text, subject));
  }

  binary(operator: Token, left: Word, right: Word, start: number): Test {
    const known = this.#vocabulary.binaryOperators;
    const name = operator.value.toLowerCase();
    const found = known.get(name) ?? this.#unknown(operator.start, 'binary operator', operator.value, known);
    if (found.needsConstant !== true && right.constant === undefined) {
      return preparedTest(left, right, (text) => found.prepare(text));
    }
    const constant = this.#constant(operator, right, start);
    return wordTest(
      left,
      this.#prepare(start, () => found.prepare(constant)),
    );
  }

  regex(pattern: string, flags: string, start: number): RegExp {
    // Apache takes g for substitutions only; on a test it would make the RegExp remember where it stopped.
    return this.#prepare(start, () => compileRegularExpression(pattern, flags.replaceAll('g', '')));
  }

  /** Whatever goes wrong in preparing the part at `start` is a fault of the expression. */
  #prepare<Result>(start: number, prepare: () => Result): Result {
    try {
      return prepare();
    } catch (cause) {
      throw this.#scanner.fault(start, cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }

  #constant(operator: Token, word: Word, start: number): string {
    if (word.constant !== undefined) return word.constant;
    throw this.#scanner.fault(start, `-${operator.value} needs a constant here, not what depends on the request`);
  }

  #refuseFiles(start: number, name: string): void {
    if (!this.#untrusted) return;
    throw this.#scanner.fault(start, `${name} looks at files, which is not allowed here; use it in the main config`);
  }

  #unknown(start: number, kind: string, name: string, known: ReadonlyMap<string, unknown>): never {
    const dash = kind.endsWith('operator') ? '-' : '';
    const names = Array.from(known.keys(), (other) => dash + other);
    throw this.#scanner.fault(start, `unknown ${kind} ${dash}${name}${didYouMean(dash + name, names)}`);
  }
}

/** RFC 9110 §12.5.5: an answer needn't vary on Host, which is part of the target URI. */
function reportVary(subject: ExpressionSubject, header: string): void {
  if (header.toLowerCase() !== 'host') subject.varyOn?.(header);
}
