import { ConfigError } from './config/config-error.ts';
import type { Scope } from './config/scope.ts';
import type { Condition } from './expression/condition.ts';
import type { ExpressionParser } from './expression/expression-parser.ts';
import { methodsOf } from './method-set.ts';
import type { RequestRecord } from './request-record.ts';
import { messageOf } from './thrown.ts';

/** What If, ElseIf, Limit and LimitExcept ask of a request. */
export class SectionConditions {
  readonly #parser: ExpressionParser;
  readonly #conditions = new WeakMap<Scope, Condition>();

  constructor(parser: ExpressionParser) {
    this.#parser = parser;
  }

  /** Compiles the expressions of If and ElseIf, here and below, so that a bad one is an error at start. */
  compile(scope: Scope): void {
    if (scope.kind === 'If' || scope.kind === 'ElseIf') this.#conditionOf(scope);
    for (const inner of scope.sections) this.compile(inner);
  }

  holds(scope: Scope, r: RequestRecord): boolean | Promise<boolean> {
    switch (scope.kind) {
      case 'Limit':
      case 'LimitExcept':
        return methodsOf(scope).has(r.method);
      default:
        return this.#conditionOf(scope).evaluate(r);
    }
  }

  #conditionOf(scope: Scope): Condition {
    let condition = this.#conditions.get(scope);
    if (condition === undefined) {
      try {
        condition = this.#parser.parseCondition(scope.args.join(' '));
      } catch (error) {
        throw new ConfigError(scope, `<${scope.kind}>: ${messageOf(error)}`, { cause: error });
      }
      this.#conditions.set(scope, condition);
    }
    return condition;
  }
}
