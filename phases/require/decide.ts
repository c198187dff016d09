import type { Authorization } from '../../core/access-provider.ts';
import type { Config } from '../../core/config/directive.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { type Requirement, testAlone } from './authorization.ts';
import { treeOf } from './authorization-value.ts';

/** Whether the sections in force require anything. */
export function isRequired({ require }: Config): boolean {
  return require !== undefined && require.requirements.length > 0;
}

/** Before anybody is known: granted, refused, or only to be decided with a user. */
export function access(r: RequestRecord): Verdict | Promise<Verdict> {
  // Satisfy Any: who comes from the right place needs nothing else.
  if (r.authorized) return OK;
  const { require, authType } = r.config;
  const tree = require === undefined ? undefined : treeOf(require);
  if (tree === undefined) {
    // With an AuthenticateHandler, `Require valid-user` is implied.
    if (r.plan.hasAuthenticateHandler) return DECLINED;
    r.log(`AuthType ${authType} without a Require: nobody is let in; add one, e.g. Require valid-user`, 'error');
    return 500;
  }
  const answer = testAlone(tree, r);
  return isThenable(answer) ? answer.then((settled) => judgeAccess(r, tree, settled)) : judgeAccess(r, tree, answer);
}

function judgeAccess(r: RequestRecord, tree: Requirement, answer: Authorization): Verdict {
  switch (answer) {
    case 'granted':
      // Where no user could have been asked for, a declared AuthenticateHandler still has its turn.
      if (tree.mayNeedUser) r.authenticationRequired ??= false;
      return OK;
    case 'noUser':
      r.authenticationRequired = true;
      return OK;
    default:
      r.log(`the client is refused by Require ${tree.text}: ${r.uri}`, 'error');
      return 403;
  }
}

/** The same question again, now that it is known who asks. */
export function authorize(r: RequestRecord): Verdict | Promise<Verdict> {
  const tree = treeOf(r.config.require!)!;
  const answer = testAlone(tree, r);
  return isThenable(answer)
    ? answer.then((settled) => judgeAuthorization(r, tree, settled))
    : judgeAuthorization(r, tree, answer);
}

function judgeAuthorization(r: RequestRecord, tree: Requirement, answer: Authorization): Verdict {
  if (answer === 'granted') return OK;
  const who = r.user === undefined ? 'a client whom nobody knows' : `user ${r.user}`;
  r.log(`${who} is refused by Require ${tree.text}: ${r.uri}`, 'error');
  if (answer === 'noUser') return 401;
  const { authType, authzSendForbiddenOnFailure } = r.config;
  // Who came with a token has no other one to try (RFC 6750 §3.1).
  return authType === undefined || authType === 'Bearer' || authzSendForbiddenOnFailure ? 403 : 401;
}
