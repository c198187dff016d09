import type { Evaluated } from './evaluated.ts';
import type { ExpressionSubject } from './subject.ts';

/** `%{NAME}` */
export interface ExpressionVariable {
  /** Undefined counts as empty. */
  read(subject: ExpressionSubject): Evaluated<string | undefined>;
  /** The request header that the value depends on. */
  readonly varyOn?: string;
}

/** `name(argument)` or `%{name:argument}` */
export interface ExpressionFunction {
  /** Undefined counts as empty. An error it throws fails the evaluation. */
  call(subject: ExpressionSubject, argument: string, ...more: string[]): Evaluated<string | undefined>;
  /** How many arguments it takes; 1 by default. */
  readonly arity?: number;
  /** The argument names a request header that the value depends on. */
  readonly variesOnArgument?: true;
  /** Looks at the file system, so it is refused in untrusted expressions. */
  readonly readsFiles?: true;
}

/** `word in name(argument)` */
export interface ExpressionListFunction {
  call(subject: ExpressionSubject, argument: string): Evaluated<readonly string[]>;
}

/** `-x word` */
export type UnaryOperator =
  | {
      test(argument: string, subject: ExpressionSubject): Evaluated<boolean>;
      /** Looks at the file system, so it is refused in untrusted expressions. */
      readonly readsFiles?: true;
    }
  /** For an argument that must be constant: called once, at start; an error it throws is a fault of the expression. */
  | { prepare(argument: string): (subject: ExpressionSubject) => boolean };

/** `word -name word` */
export interface BinaryOperator {
  /** Called at start where the right side is constant; an error it throws then is a fault of the expression. */
  prepare(right: string): (left: string, subject: ExpressionSubject) => boolean;
  /** Refuses a right side that isn't constant. */
  readonly needsConstant?: true;
}

/** What a plugin adds to expressions, by name; operators without their dash. Only unary operators mind letter case. */
export interface ExpressionExtensions {
  readonly variables?: Readonly<Record<string, ExpressionVariable>>;
  readonly functions?: Readonly<Record<string, ExpressionFunction>>;
  readonly listFunctions?: Readonly<Record<string, ExpressionListFunction>>;
  readonly unaryOperators?: Readonly<Record<string, UnaryOperator>>;
  readonly binaryOperators?: Readonly<Record<string, BinaryOperator>>;
}
