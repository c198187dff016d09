import { channel } from 'node:diagnostics_channel';
import { STATUS_CODES } from 'node:http';
import { culpritOf } from './filter/culprit.ts';
import { withinTime } from './handler-timeout.ts';
import { type PhaseName, type PhaseRule, phases } from './phases.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { isThenable } from './thenable.ts';
import type { StepMessage } from './trail-entry.ts';
import { DECLINED, DONE, OK, isServerReturn } from './verdict.ts';

/** Publishes `{ r, entry }` for every step of every request: for tracing, status pages and tests. */
export const stepChannel = channel('sluice.step');

/**
 * Walks one phase, given by its place in the list, and gives the phase's verdict by its rule; a promise only where a handler returned one.
 * Throwing counts as returning the verdict thrown; anything else thrown is a 500.
 */
export function walkPhase(r: RequestRecord, index: number): number | Promise<number> {
  const { name, rule } = phases[index]!;
  const steps = r.plan.steps[index]!;
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
    // The failsafe phases wait for nobody: a handler that hangs keeps no other from its work.
    if (rule === 'failsafe') continue;
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
  return verdict === DECLINED || (verdict === OK && rule !== 'first');
}

/** Makes a verdict of an answer, or throws; a verdict stays what it is. */
type Interpret = (r: RequestRecord, step: Step, answer: unknown) => number | Promise<number>;

/** Calls one handler and makes a verdict of whatever comes back, or of what is thrown. */
export function callStep(
  r: RequestRecord,
  name: PhaseName,
  step: Step,
  interpret: Interpret = verdictOnly,
): number | Promise<number> {
  const watched = r.trail !== undefined || stepChannel.hasSubscribers;
  const started = watched ? performance.now() : 0;
  r.step = step;
  let verdict: number | Promise<number>;
  try {
    const answer: unknown = (step.handler as (r: RequestRecord) => unknown)(r);
    const judged = isThenable(answer) ? withinTime(r, answer) : interpret(r, step, answer);
    verdict = typeof judged === 'number' ? judged : settleLater(r, name, step, judged, interpret);
  } catch (error) {
    verdict = verdictOfThrown(r, name, step, error);
  }
  if (!watched) return verdict;
  if (typeof verdict === 'number') {
    leaveTrail(r, name, step, verdict, started);
    return verdict;
  }
  return verdict.then((settled) => {
    leaveTrail(r, name, step, settled, started);
    return settled;
  });
}

async function settleLater(
  r: RequestRecord,
  name: PhaseName,
  step: Step,
  judged: Promise<unknown>,
  interpret: Interpret,
): Promise<number> {
  try {
    const verdict = interpret(r, step, await judged);
    return typeof verdict === 'number' ? verdict : await verdict;
  } catch (error) {
    return verdictOfThrown(r, name, step, error);
  }
}

/** Stands for the engine's own work, in logs. */
export const engineStep = { plugin: 'core', name: 'engine', handler: () => OK, configured: false, pure: true } as const;

/** Throws a TypeError that names the handler for what is no verdict. */
export function verdictOnly(r: RequestRecord, step: Step, answer: unknown): number {
  if (isVerdict(answer)) return answer;
  if (r.phase === 'log' || r.phase === 'cleanup') return OK;
  throw wrongVerdict(r, step, answer);
}

/** The one place that says which answers are verdicts. */
function isVerdict(answer: unknown): answer is number {
  if (answer === OK || answer === DECLINED || answer === DONE) return true;
  return typeof answer === 'number' && answer >= 300 && STATUS_CODES[answer] !== undefined;
}

function wrongVerdict(r: RequestRecord, step: Step, answer: unknown): TypeError {
  const given = typeof answer === 'number' ? String(answer) : answer === null ? 'null' : typeof answer;
  return new TypeError(
    `the handler ${step.name} of ${step.plugin} returned ${given} in the phase ${r.phase}; ` +
      `it must return OK, DECLINED, DONE or a status of 300 and above${r.phase === 'content' ? ', or a body' : ''}`,
  );
}

/** What a throw means: the verdict of a ServerReturn, else a 500 whose stack goes to the error log. */
export function verdictOfThrown(r: RequestRecord, name: PhaseName, step: Step, thrown: unknown): number {
  if (isServerReturn(thrown)) {
    if (!isVerdict(thrown.verdict)) return verdictOfThrown(r, name, step, wrongVerdict(r, step, thrown.verdict));
    if (thrown.status !== undefined && !r.committed) r.status = thrown.status;
    const who = culpritOf(thrown) ?? `${name} handler ${step.name}`;
    r.log(`${who}: ${thrown.message}`, thrown.verdict >= 500 ? 'error' : 'info', step.plugin);
    return thrown.verdict;
  }
  r.failure = thrown;
  r.log(`${culpritOf(thrown) ?? `${name} handler ${step.name}`}: ${describe(thrown)}`, 'error', step.plugin);
  return 500;
}

/** A thrown thing as text, with its stack and causes. */
export function describe(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `threw ${String(thrown)}, which is not an Error`;
  const { stack, message, cause } = thrown as { stack?: string; message?: string; cause?: unknown };
  const text = stack ?? message ?? Object.prototype.toString.call(thrown);
  return cause === undefined ? text : `${text}\n  caused by: ${describe(cause)}`;
}

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
  if (stepChannel.hasSubscribers) stepChannel.publish({ r, entry } satisfies StepMessage);
}
