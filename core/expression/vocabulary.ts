import type {
  BinaryOperator,
  ExpressionExtensions,
  ExpressionFunction,
  ExpressionListFunction,
  ExpressionVariable,
  UnaryOperator,
} from './extensions.ts';
import { functions } from './functions.ts';
import { binaryOperators, unaryOperators } from './operators.ts';
import { variables } from './variables.ts';

/** Everything that has a name in expressions. Keys are in upper case (variables), lower case, or as is (unary operators). */
export interface Vocabulary {
  readonly variables: ReadonlyMap<string, ExpressionVariable>;
  readonly functions: ReadonlyMap<string, ExpressionFunction>;
  readonly listFunctions: ReadonlyMap<string, ExpressionListFunction>;
  readonly unaryOperators: ReadonlyMap<string, UnaryOperator>;
  readonly binaryOperators: ReadonlyMap<string, BinaryOperator>;
}

/** The names of Apache's core. */
export const coreVocabulary: Vocabulary = {
  variables: new Map(Object.entries(variables)),
  functions: new Map(Object.entries(functions)),
  listFunctions: new Map(),
  unaryOperators: new Map(Object.entries(unaryOperators)),
  binaryOperators: new Map(Object.entries(binaryOperators)),
};

/** The names of `core` and those of plugins. Throws Error for a name that is taken. */
export function extendVocabulary(core: Vocabulary, ...extensions: readonly ExpressionExtensions[]): Vocabulary {
  const upper = (name: string): string => name.toUpperCase();
  const lower = (name: string): string => name.toLowerCase();
  const same = (name: string): string => name;
  return {
    variables: extend(
      'variable',
      core.variables,
      extensions.map((one) => one.variables),
      upper,
    ),
    functions: extend(
      'function',
      core.functions,
      extensions.map((one) => one.functions),
      lower,
    ),
    listFunctions: extend(
      'list function',
      core.listFunctions,
      extensions.map((one) => one.listFunctions),
      lower,
    ),
    unaryOperators: extend(
      'unary operator',
      core.unaryOperators,
      extensions.map((one) => one.unaryOperators),
      same,
    ),
    binaryOperators: extend(
      'binary operator',
      core.binaryOperators,
      extensions.map((one) => one.binaryOperators),
      lower,
    ),
  };
}

function extend<Value>(
  kind: string,
  core: ReadonlyMap<string, Value>,
  added: readonly (Readonly<Record<string, Value>> | undefined)[],
  key: (name: string) => string,
): Map<string, Value> {
  const extended = new Map(core);
  for (const [name, value] of added.flatMap((one) => Object.entries(one ?? {}))) {
    if (extended.has(key(name))) {
      throw new Error(`the ${kind} ${name} of expressions is there already; choose another name`);
    }
    extended.set(key(name), value);
  }
  return extended;
}
