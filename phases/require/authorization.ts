import type { Authorization } from '../../core/access-provider.ts';
import type { MethodSet } from '../../core/config/directive.ts';
import { whenReady } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';

/** One `Require`, or a block of them. */
export interface Requirement {
  /** As the config says it, for logs. */
  readonly text: string;
  /** Whether it may answer `noUser`. */
  readonly mayNeedUser: boolean;
  /** It can only refuse. */
  readonly isNegative: boolean;
  /** The methods it is about, which a Limit around it says; all where absent. */
  readonly methods?: MethodSet;
  /** Throws where it can't be found out, which ends the request with 500. */
  test(r: RequestRecord): Authorization | Promise<Authorization>;
}

/** How the answers of several requirements become one. */
interface Logic {
  /** The answer that settles it. */
  readonly final: Authorization;
  /** What a requirement for other methods counts as. */
  readonly otherMethod: Authorization;
  combine(earlier: Authorization, answer: Authorization): Authorization;
}

const any: Logic = {
  final: 'granted',
  otherMethod: 'neutral',
  combine: (earlier, answer) =>
    answer === 'noUser' || (earlier === 'neutral' && answer !== 'neutral') ? answer : earlier,
};

const all: Logic = {
  final: 'denied',
  otherMethod: 'granted',
  combine: (earlier, answer) =>
    answer === 'noUser' || (answer === 'granted' && earlier === 'neutral') ? answer : earlier,
};

/** Granted where one grants; the last word of those who refuse is `noUser` where a user may change it. */
export function requireAny(children: readonly Requirement[]): Requirement {
  return combined('any', children, any);
}

/** Granted where nobody refuses and somebody grants. */
export function requireAll(children: readonly Requirement[]): Requirement {
  return combined('all', children, all);
}

/** Refuses where one of several grants. */
export function requireNone(children: readonly Requirement[]): Requirement {
  return requireNot(combined('none', children, any));
}

/** Refuses where `requirement` grants; can never grant itself, so nobody is asked who they are for it. */
export function requireNot(requirement: Requirement): Requirement {
  const negate = (answer: Authorization): Authorization => (answer === 'granted' ? 'denied' : 'neutral');
  return { ...requirement, mayNeedUser: false, isNegative: true, test: (r) => whenReady(requirement.test(r), negate) };
}

/** What a requirement that stands alone says; granted where it is about other methods. */
export function testAlone(requirement: Requirement, r: RequestRecord): Authorization | Promise<Authorization> {
  return covers(requirement, r.method) ? requirement.test(r) : 'granted';
}

function combined(name: string, children: readonly Requirement[], logic: Logic): Requirement {
  const common = {
    text: `${name}(${children.map(({ text }) => text).join(', ')})`,
    mayNeedUser: children.some((child) => child.mayNeedUser),
    isNegative: false,
    test: (r: RequestRecord) => testFrom(children, logic, r, 0, 'neutral'),
  };
  // A block is about the methods of what is in it.
  if (children.length === 0 || children.some(({ methods }) => methods === undefined)) return common;
  return { ...common, methods: { has: (method) => children.some((child) => covers(child, method)) } };
}

function testFrom(
  children: readonly Requirement[],
  logic: Logic,
  r: RequestRecord,
  from: number,
  before: Authorization,
): Authorization | Promise<Authorization> {
  let result = before;
  for (let at = from; at < children.length; at++) {
    const child = children[at]!;
    const answer = covers(child, r.method) ? child.test(r) : logic.otherMethod;
    if (isThenable(answer)) {
      return answer.then((settled) =>
        settled === logic.final ? settled : testFrom(children, logic, r, at + 1, logic.combine(result, settled)),
      );
    }
    if (answer === logic.final) return answer;
    result = logic.combine(result, answer);
  }
  return result;
}

function covers({ methods }: Requirement, method: string): boolean {
  return methods === undefined || methods.has(method);
}
