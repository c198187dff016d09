import { type PhaseName, phaseIndex } from './phases.ts';
import type { RequestRecord } from './request-record.ts';
import { DECLINED, OK } from './verdict.ts';

/** Phases that somebody must answer where they run, and what it means when nobody does. */
const unanswered: Partial<Record<PhaseName, string>> = {
  authenticate: 'a user is needed here, but no AuthType with a provider and no AuthenticateHandler is in force',
  authorize: 'no Require and no AuthorizeHandler said OK',
};

/** Whether a phase keeps requests out. */
export function controlsAccess(name: PhaseName): boolean {
  return name === 'access' || name in unanswered;
}

/** What the verdict of such a phase means for the request, and what it means that nobody answered. */
export function judge(r: RequestRecord, name: PhaseName, verdict: number): number {
  if (verdict === DECLINED) {
    const reason = unanswered[name];
    if (reason === undefined) return OK;
    r.log(`nobody answered in the phase ${name}: ${reason}`, 'error', 'core');
    return 500;
  }
  if (name === 'authenticate' && verdict === OK && r.user === undefined) {
    r.log(`the handler ${r.step?.name} answered OK in the phase authenticate without setting r.user`, 'error', 'core');
    return 500;
  }
  return verdict;
}

/** Access control is not asked again by a redirect or subrequest with the very same config, as in Apache. */
export function isSettled(r: RequestRecord, name: PhaseName): boolean {
  if (name === 'access') {
    const outer = r.main ?? r.prev;
    if (outer === undefined || outer.plan !== r.plan || !(outer.authorized || r.errorStatus !== undefined))
      return false;
    r.user = outer.user;
    r.authType = outer.authType;
    r.authorized = true;
    return true;
  }
  // A declared check is never skipped: an AuthenticateHandler alone means `Require valid-user`.
  if (name === 'authenticate') return r.authorized || !(r.authenticationRequired ?? hasAuthenticateHandler(r));
  if (name !== 'authorize') return false;
  r.authorized ||= r.plan.steps[phaseIndex.authorize]!.length === 0 && r.addedSteps('authorize') === undefined;
  return r.authorized;
}

function hasAuthenticateHandler(r: RequestRecord): boolean {
  return r.plan.hasAuthenticateHandler || r.addedSteps('authenticate') !== undefined;
}
