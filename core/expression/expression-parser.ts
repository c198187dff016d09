import { type Condition, parseCondition } from './condition.ts';
import { type TextExpression, parseText } from './text-expression.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Compiles expressions, with the functions and variables of all plugins that a config loads. */
export interface ExpressionParser {
  /**
   * A condition as `<If>` has it. Throws an Error with the column of a mistake.
   *
   * @example
   * parse: ([text = ''], site) => site.parseCondition(text),
   */
  parseCondition(text: string, options?: ConditionOptions): Condition;
  /** Text with `%{NAME}` and `%{function:argument}` in it. Throws an Error with the column of a mistake. */
  parseText(text: string): TextExpression;
}

/** How `parseCondition` reads an expression. */
export interface ConditionOptions {
  /** Whether Vary names the request headers that the condition reads; true by default. */
  readonly vary?: boolean;
}

export function expressionParser(vocabulary?: Vocabulary): ExpressionParser {
  return {
    parseCondition: (text, options) => parseCondition(text, { ...options, vocabulary }),
    parseText: (text) => parseText(text, { vocabulary }),
  };
}
