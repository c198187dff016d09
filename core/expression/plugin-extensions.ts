import type { RequestRecord } from '../request-record.ts';
import type { Evaluated } from './evaluated.ts';
import type { ExpressionExtensions, ExpressionFunction, ExpressionVariable } from './extensions.ts';

/** What a plugin's function or variable gives; undefined counts as empty, and what it throws fails the evaluation. */
type Value = Evaluated<string | undefined>;

/**
 * `name(text)` or `%{name:text}` in expressions.
 *
 * @example
 * expressionFunctions: { upper: (text) => text.toUpperCase() },
 */
export type PluginExpressionFunction = CallExpressionFunction | DetailedExpressionFunction;

type CallExpressionFunction = (text: string, r: RequestRecord) => Value;

/** A function of expressions that takes more than one text, or depends on more than it. */
export interface DetailedExpressionFunction {
  /** Gives the value for the texts of one call. */
  evaluate(text: string, r: RequestRecord, ...more: string[]): Value;
  /** How many texts it takes; 1 by default. */
  readonly arity?: number;
  /** The text names a request header that the value depends on, for Vary. */
  readonly variesOnArgument?: true;
  /** Looks at the file system, so pages of INCLUDES may not use it. */
  readonly readsFiles?: true;
}

/**
 * `%{NAME}` in expressions.
 *
 * @example
 * expressionVariables: { TENANT: { read: (r) => r.headersIn.get('X-Tenant'), varyOn: 'X-Tenant' } },
 */
export type PluginExpressionVariable = ReadExpressionVariable | DetailedExpressionVariable;

type ReadExpressionVariable = (r: RequestRecord) => Value;

/** A variable of expressions that depends on a request header. */
export interface DetailedExpressionVariable {
  /** Gives the value for a request. */
  read(r: RequestRecord): Value;
  /** The request header that the value depends on, for Vary. */
  readonly varyOn?: string;
}

interface Given {
  readonly expressionFunctions?: Readonly<Record<string, PluginExpressionFunction>>;
  readonly expressionVariables?: Readonly<Record<string, PluginExpressionVariable>>;
}

/** What a plugin adds to expressions, in the form that the compiler takes. Their subjects are request records. */
export function extensionsOf({ expressionFunctions = {}, expressionVariables = {} }: Given): ExpressionExtensions {
  return {
    functions: Object.fromEntries(
      Object.entries(expressionFunctions).map(([name, given]) => [name, toFunction(given)]),
    ),
    variables: Object.fromEntries(
      Object.entries(expressionVariables).map(([name, given]) => [name, toVariable(given)]),
    ),
  };
}

function toFunction(given: PluginExpressionFunction): ExpressionFunction {
  const details = typeof given === 'function' ? { evaluate: given } : given;
  return {
    ...details,
    call: (subject, text, ...more) => details.evaluate(text, subject as unknown as RequestRecord, ...more),
  };
}

function toVariable(given: PluginExpressionVariable): ExpressionVariable {
  const details = typeof given === 'function' ? { read: given } : given;
  return { ...details, read: (subject) => details.read(subject as unknown as RequestRecord) };
}
