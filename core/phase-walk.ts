import { channel } from 'node:diagnostics_channel';
import { STATUS_CODES } from 'node:http';
import { type PhaseName, type PhaseRule, phaseIndex } from './phases.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { isThenable } from './thenable.ts';
import { DECLINED, DONE, OK, isServerReturn } from './verdict.ts';

/** Publishes `{ r, entry }` for every step of every request: for tracing, status pages and tests. */
export const stepChannel = channel('sluice.step');

const noSteps: readonly Step[] = [];

/**
 * Walks one phase of a request by its rule and gives the phase's verdict; a promise only where a handler returned one.
 * Throwing counts as returning the verdict thrown; anything else thrown is a 500.
 */
export function walkPhase(r: RequestRecord, name: PhaseName, rule: PhaseRule): number | Promise<number> {
  const steps = r.plan.steps[phaseIndex[name]] ?? noSteps;
  if (steps.length === 0 && r.addedSteps(name) === undefined) return DECLINED;
  return walkFrom(r, name, rule, steps, 0, DECLINED);
}

function walkFrom(
  r: RequestRecord,
  name: PhaseName,
  rule: PhaseRule,
  steps: readonly Step[],
  from: number,
  answered: number,
): number | Promise<number> {
  let answer = answered;
  for (let at = from; ; at++) {
    const step = at < steps.length ? steps[at] : r.addedSteps(name)?.[at - steps.length];
    if (step === undefined) return answer;
    const verdict = callStep(r, name, step);
    if (typeof verdict !== 'number') {
      return verdict.then((settled) => {
        if (!goesOn(rule, settled)) return settled;
        return walkFrom(r, name, rule, steps, at + 1, settled === OK ? OK : answer);
      });
    }
    if (!goesOn(rule, verdict)) return verdict;
    if (verdict === OK) answer = OK;
  }
}

function goesOn(rule: PhaseRule, verdict: number): boolean {
  if (rule === 'failsafe') return true;
  return verdict === DECLINED || (verdict === OK && rule !== 'first');
}

/** Calls one handler and makes a verdict of whatever comes back, or of what is thrown. */
export function callStep(
  r: RequestRecord,
  name: PhaseName,
  step: Step,
  interpret: (r: RequestRecord, step: Step, answer: unknown) => number | Promise<number> = verdictOnly,
): number | Promise<number> {
  const watched = r.trail !== undefined || stepChannel.hasSubscribers;
  const started = watched ? performance.now() : 0;
  r.step = step;
  let verdict: number | Promise<number>;
  try {
    const answer: unknown = (step.handler as (r: RequestRecord) => unknown)(r);
    verdict = isThenable(answer as Promise<unknown>)
      ? withinTime(r, name, step, answer as Promise<unknown>).then((settled) => interpret(r, step, settled))
      : interpret(r, step, answer);
  } catch (error) {
    verdict = verdictOfThrown(r, name, step, error);
  }
  if (typeof verdict !== 'number') {
    return verdict
      .catch((error: unknown) => verdictOfThrown(r, name, step, error))
      .then((settled) => {
        if (watched) leaveTrail(r, name, step, settled, started);
        return settled;
      });
  }
  if (watched) leaveTrail(r, name, step, verdict, started);
  return verdict;
}

/** The one place that says which answers are verdicts. Throws a TypeError that names the handler for all others. */
export function verdictOnly(r: RequestRecord, step: Step, answer: unknown): number {
  if (answer === OK || answer === DECLINED || answer === DONE) return answer;
  if (typeof answer === 'number' && answer >= 300 && STATUS_CODES[answer] !== undefined) return answer;
  if (r.phase === 'log' || r.phase === 'cleanup') return OK;
  const given = typeof answer === 'number' ? String(answer) : answer === null ? 'null' : typeof answer;
  throw new TypeError(
    `the handler ${step.name} of ${step.plugin} returned ${given} in the phase ${r.phase}; ` +
      `it must return OK, DECLINED, DONE or a status of 300 and above${r.phase === 'content' ? ', or a body' : ''}`,
  );
}

/** What a throw means: the verdict of a ServerReturn, else a 500 whose stack goes to the error log. */
export function verdictOfThrown(r: RequestRecord, name: PhaseName, step: Step, thrown: unknown): number {
  if (isServerReturn(thrown)) {
    if (thrown.status !== undefined && !r.committed) r.status = thrown.status;
    if (thrown.verdict >= 500) r.log(`${name} handler ${step.name}: ${thrown.message}`, 'error', step.plugin);
    else r.log(`${name} handler ${step.name}: ${thrown.message}`, 'info', step.plugin);
    return thrown.verdict;
  }
  r.failure = thrown;
  r.log(`${name} handler ${step.name}: ${describe(thrown)}`, 'error', step.plugin);
  return 500;
}

/** A thrown thing as text, with its stack and causes. */
export function describe(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `threw ${String(thrown)}, which is not an Error`;
  const { stack, message, cause } = thrown as { stack?: string; message?: string; cause?: unknown };
  const text = stack ?? message ?? Object.prototype.toString.call(thrown);
  return cause === undefined ? text : `${text}\n  caused by: ${describe(cause)}`;
}

/** Waits for a handler as long as it makes progress: HandlerTimeout starts anew whenever bytes have moved. */
async function withinTime(r: RequestRecord, name: PhaseName, step: Step, answer: Promise<unknown>): Promise<unknown> {
  const seconds = r.config.handlerTimeout;
  if (seconds === 0) return answer;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    const wait = (seen: number): void => {
      timer = setTimeout(() => {
        const moved = r.bytesMoved;
        if (moved !== seen) return wait(moved);
        const error = new Error(`no answer and no byte moved for ${seconds} s (HandlerTimeout)`);
        r.abort(error);
        r.close('the handler ran out of time');
        r.log(`${name} handler ${step.name}: ${error.message}`, 'error', step.plugin);
        reject(timeoutVerdict);
      }, seconds * 1_000);
    };
    wait(r.bytesMoved);
  });
  try {
    return await Promise.race([answer, expired]);
  } catch (error) {
    if (error === timeoutVerdict) return 503;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const timeoutVerdict = Symbol('HandlerTimeout');

const verdictNames = new Map<number, string>([
  [OK, 'OK'],
  [DECLINED, 'DECLINED'],
  [DONE, 'DONE'],
]);

function leaveTrail(r: RequestRecord, phase: PhaseName, step: Step, verdict: number, started: number): void {
  const entry = {
    phase,
    plugin: step.plugin,
    name: step.name,
    verdict: verdictNames.get(verdict) ?? String(verdict),
    milliseconds: performance.now() - started,
  };
  r.trail?.push(entry);
  if (stepChannel.hasSubscribers) stepChannel.publish({ r, entry });
}
