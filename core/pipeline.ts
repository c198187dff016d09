import { controlsAccess, isSettled, judge } from './access-control.ts';
import { walkContent } from './content.ts';
import type { Engine } from './engine.ts';
import { answerPlainly, answerStatus } from './error-response.ts';
import { escapePath } from './escape-path.ts';
import { EOS } from './filter/bucket.ts';
import { culpritOf } from './filter/culprit.ts';
import { setUpFilters } from './filter-setup.ts';
import { withinTime } from './handler-timeout.ts';
import { callStep, describe, engineStep, verdictOfThrown, walkPhase } from './phase-walk.ts';
import { type PhaseName, phaseIndex, phases } from './phases.ts';
import { redirectRecord, subrequestRecord } from './request-derivation.ts';
import type { RequestRecord } from './request-record.ts';
import { readTarget } from './request-target.ts';
import type { Subrequest } from './subrequest.ts';
import { isThenable } from './thenable.ts';
import { DECLINED, DONE, OK } from './verdict.ts';

/** Apache's LimitInternalRecursion. */
const MAXIMUM_RECURSION = 10;

/** The engine's own work around a phase, e.g. merging the sections that are known to match by then. */
type Work = (r: RequestRecord) => void | Promise<void>;

const before: Partial<Record<PhaseName, Work>> = {
  translate: (r) => r.server.walk.mergeLocations(r),
};

const after: Partial<Record<PhaseName, Work>> = {
  translate: (r) => r.deferPathInfo(),
  mapToStorage: (r) => r.server.walk.mergeAll(r),
  authorize: (r) => void (r.authorized = true),
};

/** The phases with everything that belongs to each, so that the loop needs to look nothing up. */
const stages = phases.map(({ name, runs }, index) => ({
  name,
  runs,
  index,
  before: before[name],
  after: after[name],
  isForAll: Object.values(runs).every(Boolean),
  controlsAccess: controlsAccess(name),
  /** With nobody in it, there is nothing to do. */
  mayIdle: !(name in before || name in after || name === 'content' || controlsAccess(name)),
}));
type Stage = (typeof stages)[number];

/** The engine: carries requests through the phases. Without state of its own; everything is on the record. */
export const pipeline: Engine = { serve, logRequest, cleanUp, internalRedirect, errorRedirect, lookupUri, lookupFile };

/**
 * Answers a request: every phase in order, the response, the log. A promise only where somebody is asynchronous. A `fault`
 * that was found in the head of the request is answered without asking anybody.
 */
function serve(r: RequestRecord, fault?: number): void | Promise<void> {
  const verdict = fault ?? readTarget(r) ?? travel(r, 0, phaseIndex.content);
  return isThenable(verdict) ? verdict.then((settled) => conclude(r, settled)) : conclude(r, verdict);
}

/** One phase and nothing around it: the verdict by the phase's own rule, not what the engine makes of it. For tests. */
export function walkAlone(r: RequestRecord, name: PhaseName): number | Promise<number> {
  r.phase = name;
  return name === 'content' ? runContent(r) : walkPhase(r, phaseIndex[name]);
}

/** The loop over the phases; gives OK or DONE, or the status that ended the travel. */
function travel(r: RequestRecord, from: number, last: number): number | Promise<number> {
  for (let index = from; index <= last; index++) {
    const verdict = runPhase(r, index);
    if (isThenable(verdict)) {
      if (index === last) return verdict;
      return verdict.then((settled) => (settled === OK ? travel(r, index + 1, last) : settled));
    }
    if (verdict !== OK) return verdict;
  }
  return OK;
}

/** One phase with what belongs around it; OK means that the next phase is due. */
function runPhase(r: RequestRecord, index: number): number | Promise<number> {
  const stage = stages[index]!;
  if (stage.mayIdle && r.plan.steps[index]!.length === 0 && !r.hasAddedSteps) return OK;
  if (!stage.isForAll && !stage.runs[kindOf(r)]) return OK;
  if (stage.controlsAccess && isSettled(r, stage.name)) return OK;
  r.phase = stage.name;
  if (stage.before === undefined) return walk(r, stage);
  const ready = guard(r, stage.name, stage.before);
  if (isThenable(ready)) return ready.then((verdict) => (verdict === OK ? walk(r, stage) : verdict));
  return ready === OK ? walk(r, stage) : ready;
}

function walk(r: RequestRecord, stage: Stage): number | Promise<number> {
  if (stage.name === 'content') return runContent(r);
  const verdict = walkPhase(r, stage.index);
  return isThenable(verdict) ? verdict.then((settled) => settle(r, stage, settled)) : settle(r, stage, verdict);
}

function settle(r: RequestRecord, stage: Stage, verdict: number): number | Promise<number> {
  const judged = stage.controlsAccess ? judge(r, stage.name, verdict) : verdict === DECLINED ? OK : verdict;
  return judged === OK && stage.after !== undefined ? guard(r, stage.name, stage.after) : judged;
}

function kindOf(r: RequestRecord): 'main' | 'subrequest' | 'redirect' {
  if (r.main !== undefined) return 'subrequest';
  return r.prev === undefined ? 'main' : 'redirect';
}

/** Runs the engine's own work of a phase; what it throws is judged like a handler's. */
function guard(r: RequestRecord, name: PhaseName, work: Work): number | Promise<number> {
  try {
    const done = work(r);
    if (isThenable(done))
      return done.then(
        () => OK,
        (error: unknown) => verdictOfThrown(r, name, engineStep, error),
      );
    return OK;
  } catch (error) {
    return verdictOfThrown(r, name, engineStep, error);
  }
}

/** Filters are put in place and set up before the handler runs. */
function runContent(r: RequestRecord): number | Promise<number> {
  const set = setUpFilters(r);
  if (isThenable(set)) return set.then((verdict) => (verdict === OK ? walkContent(r) : verdict));
  return set === OK ? walkContent(r) : set;
}

/** Ends the response: with what was written, or with the answer for the status. */
function conclude(r: RequestRecord, verdict: number): void | Promise<void> {
  try {
    const done =
      verdict === OK || verdict === DONE
        ? finish(r)
        : isUnanswered(r, verdict)
          ? r.exchange.passOn!()
          : answerStatus(r, verdict);
    return isThenable(done) ? done.catch((error: unknown) => concludeFailure(r, error)) : done;
  } catch (error) {
    return concludeFailure(r, error);
  }
}

/** Nobody but the default handler, which found no file, where others may still answer. */
function isUnanswered(r: RequestRecord, verdict: number): boolean {
  return verdict === 404 && r.exchange.passOn !== undefined && r.isInitial && r.step?.name === 'default-handler';
}

function finish(r: RequestRecord): void | Promise<void> {
  r.close('the request has ended');
  // A redirect's target has ended the response already.
  if (r.next !== undefined || r.exchange.writer.ended) return;
  const ended = r.output.end();
  if (!isThenable(ended)) return closeOutput(r);
  return withinTime(r, ended, 'the client or an output filter').then((expired) =>
    expired === 503 ? answerStatus(r, 503) : closeOutput(r),
  );
}

/** For filters that forget EOS: the response ends all the same. */
function closeOutput(r: RequestRecord): void | Promise<void> {
  const { writer } = r.exchange;
  if (writer.ended || writer.aborted) return;
  const filter = r.output.endlessFilter;
  if (filter === undefined) return r.target.receive([EOS], r);
  r.log(`${filter.who} lost the end of the body`, 'warn', 'core');
  const passed = filter.passEnd();
  return isThenable(passed) ? passed.then(() => closeOutput(r)) : closeOutput(r);
}

/** A filter or the head of the response was no good: once more with an error page, then with a cut connection. */
function concludeFailure(r: RequestRecord, error: unknown): void | Promise<void> {
  r.log(`${culpritOf(error) ?? 'the response failed'}: ${describe(error)}`, 'error', 'core');
  if (r.committed) return r.exchange.writer.cut();
  if (r.failure === undefined) {
    r.failure = error;
    return conclude(r, 500);
  }
  // What an error page keeps, or gets from plugins, may be what is no good.
  try {
    return answerPlainly(r, 500);
  } catch (cause) {
    r.log(`the error page failed: ${describe(cause)}`, 'crit', 'core');
    r.exchange.writer.cut();
  }
}

/** The log phase: once per HTTP request, as its last byte is handed over or when the client is gone. */
function logRequest(r: RequestRecord): void {
  walkFailsafe(r, 'log');
}

/** The cleanup phase: once per record, after logging. */
function cleanUp(r: RequestRecord): void {
  for (let cleanup = r.takeCleanup(); cleanup !== undefined; cleanup = r.takeCleanup()) {
    const step = { ...engineStep, name: 'registerCleanup', handler: cleanup };
    r.phase = 'cleanup';
    const called = callStep(r, 'cleanup', step);
    if (isThenable(called)) called.catch(() => undefined);
  }
  walkFailsafe(r, 'cleanup');
}

function walkFailsafe(r: RequestRecord, name: 'log' | 'cleanup'): void {
  r.phase = name;
  const walked = walkPhase(r, phaseIndex[name]);
  if (isThenable(walked)) walked.catch(() => undefined);
}

function internalRedirect(r: RequestRecord, uri: string): void | Promise<void> {
  return redirect(r, uri, r.errorStatus);
}

function errorRedirect(r: RequestRecord, uri: string, status: number): void | Promise<void> {
  return redirect(r, uri, status);
}

function redirect(r: RequestRecord, uri: string, errorStatus: number | undefined): void | Promise<void> {
  if (depth(r) >= MAXIMUM_RECURSION) {
    r.log(`more than ${MAXIMUM_RECURSION} internal redirects, the last one to ${uri}`, 'error', 'core');
    if (errorStatus !== undefined) r.errorStatus = errorStatus;
    return conclude(r, 500);
  }
  const next = redirectRecord(r, uri, errorStatus);
  r.registerCleanup(() => cleanUp(next));
  return serve(next);
}

function isTooDeep(sub: RequestRecord): boolean {
  if (depth(sub) <= MAXIMUM_RECURSION) return false;
  sub.log(`more than ${MAXIMUM_RECURSION} nested subrequests, the last one for ${sub.uri}`, 'error', 'core');
  return true;
}

function depth(r: RequestRecord): number {
  let count = 0;
  for (let outer = r.main ?? r.prev; outer !== undefined; outer = outer.main ?? outer.prev) count++;
  return count;
}

function lookupUri(r: RequestRecord, uri: string): Subrequest | Promise<Subrequest> {
  return lookup(subrequestRecord(r, uri), phaseIndex.translate);
}

function lookupFile(r: RequestRecord, path: string): Subrequest | Promise<Subrequest> {
  const folder = (r.filename ?? '/').replace(/[^/]*$/, '');
  const sub = subrequestRecord(r, escapePath(r.uri.replace(/[^/]*$/, '') + path));
  sub.filename = path.startsWith('/') ? path : folder + path;
  return lookup(sub, phaseIndex.mapToStorage);
}

function lookup(sub: RequestRecord, from: number): Subrequest | Promise<Subrequest> {
  sub.main?.registerCleanup(() => cleanUp(sub));
  const fault = isTooDeep(sub) ? 500 : readTarget(sub);
  const verdict = fault ?? travel(sub, from, phaseIndex.fixup);
  return isThenable(verdict) ? verdict.then((settled) => toSubrequest(sub, settled)) : toSubrequest(sub, verdict);
}

function toSubrequest(sub: RequestRecord, verdict: number): Subrequest {
  const status = verdict === OK || verdict === DONE ? 200 : verdict;
  return {
    r: sub,
    status,
    run() {
      if (status !== 200) return status;
      const ran = runPhase(sub, phaseIndex.content);
      return isThenable(ran) ? ran.then((settled) => endSubrequest(sub, settled)) : endSubrequest(sub, ran);
    },
  };
}

function endSubrequest(sub: RequestRecord, verdict: number): number | Promise<number> {
  if (verdict !== OK && verdict !== DONE) return verdict;
  const ended = sub.output.end();
  return isThenable(ended) ? ended.then(() => sub.status) : sub.status;
}
