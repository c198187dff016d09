import { ConfigError } from './config/config-error.ts';
import type { Scope } from './config/scope.ts';
import { type Condition, parseCondition } from './expression/condition.ts';
import { methodsOf } from './method-set.ts';
import type { RequestRecord } from './request-record.ts';
import { messageOf } from './thrown.ts';

const conditions = new WeakMap<Scope, Condition>();

/** Compiles the expressions of If and ElseIf, here and below, so that a bad one is an error at start. */
export function compileConditions(scope: Scope): void {
  if (scope.kind === 'If' || scope.kind === 'ElseIf') conditionOf(scope);
  for (const inner of scope.sections) compileConditions(inner);
}

/** Decides If, ElseIf, Limit and LimitExcept for a request. */
export function testCondition(scope: Scope, r: RequestRecord): boolean | Promise<boolean> {
  switch (scope.kind) {
    case 'Limit':
    case 'LimitExcept':
      return methodsOf(scope).has(r.method);
    default:
      return conditionOf(scope).evaluate(r);
  }
}

function conditionOf(scope: Scope): Condition {
  let condition = conditions.get(scope);
  if (condition === undefined) {
    try {
      condition = parseCondition(scope.args.join(' '));
    } catch (error) {
      throw new ConfigError(scope, `<${scope.kind}>: ${messageOf(error)}`, { cause: error });
    }
    conditions.set(scope, condition);
  }
  return condition;
}
