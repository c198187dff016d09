import type { RequestRecord } from '../../core/request-record.ts';

/**
 * What a requirement says of a request. `neutral`: no opinion; `noUser`: denied as long as nobody is known, so it is worth
 * asking who it is.
 */
export type Authorization = 'granted' | 'denied' | 'neutral' | 'noUser';

/** One `Require`, or a block of them. */
export interface Requirement {
  /** As the config says it, for logs. */
  readonly text: string;
  /** Whether it may answer `noUser`. */
  readonly mayNeedUser: boolean;
  /** It can only refuse. */
  readonly isNegative: boolean;
  /** Throws where it can't be found out, which ends the request with 500. */
  test(r: RequestRecord): Authorization;
}

/** Granted where one grants; the last word of those who refuse is `noUser` where a user may change it. */
export function requireAny(text: string, children: readonly Requirement[]): Requirement {
  return {
    text,
    mayNeedUser: children.some((child) => child.mayNeedUser),
    isNegative: false,
    test(r) {
      let result: Authorization = 'neutral';
      for (const child of children) {
        const answer = child.test(r);
        if (answer === 'granted') return answer;
        if (answer === 'noUser' || result === 'neutral') result = answer;
      }
      return result;
    },
  };
}

/** Granted where nobody refuses and somebody grants. */
export function requireAll(text: string, children: readonly Requirement[]): Requirement {
  return {
    text,
    mayNeedUser: children.some((child) => child.mayNeedUser),
    isNegative: false,
    test(r) {
      let result: Authorization = 'neutral';
      for (const child of children) {
        const answer = child.test(r);
        if (answer === 'denied') return answer;
        if (answer === 'noUser' || (answer === 'granted' && result === 'neutral')) result = answer;
      }
      return result;
    },
  };
}

/** Refuses where `requirement` grants; can never grant itself, so nobody is asked who they are for it. */
export function requireNot(text: string, requirement: Requirement): Requirement {
  return {
    text,
    mayNeedUser: false,
    isNegative: true,
    test: (r) => (requirement.test(r) === 'granted' ? 'denied' : 'neutral'),
  };
}
