import { AsyncLocalStorage } from 'node:async_hooks';
import type { PhaseName } from '../../core/phases.ts';
import type { Step } from '../../core/plan.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';

/** One call of one handler, from its begin to its answer, and what it has left behind after that. */
export class Call {
  readonly who: string;
  readonly r: RequestRecord;
  /** It has answered. */
  over = false;
  wrote = false;
  /** Writes that it has not waited for. */
  pending = 0;
  /** What it did wrong where nothing could be thrown. */
  breach: string | undefined = undefined;

  constructor(who: string, r: RequestRecord) {
    this.who = who;
    this.r = r;
  }

  /** Counts a write as pending until it is through. */
  awaits(written: PromiseLike<unknown>): void {
    const settle = (): void => void this.pending--;
    this.pending++;
    written.then(settle, settle);
  }
}

/** The call to which the running code belongs, also behind an `await`. */
export const calls = new AsyncLocalStorage<Call>();

/** Who has answered last, in the phases up to content. */
export const answeredBy = stateKey<string>('lint.answeredBy');

/** Who has written and then declined. Others that the config lists may still answer OK, and then it was right. */
export const declinedWriter = stateKey<string>('lint.declinedWriter');

/** What is known of a handler before it is called. */
export interface WatchedHandler {
  readonly who: string;
  readonly phase: PhaseName;
  /** Listed by the config: in the content phase all of those are asked. */
  readonly isStacked: boolean;
}

/** Names a step for a message. */
export function whoIs(step: Step, phase: PhaseName): string {
  if (step.configured) return `the ${phase} handler ${step.name}`;
  const name = step.name === phase ? '' : ` ${step.name}`;
  return `the ${phase} hook${name} of the plugin ${step.plugin}`;
}

/** Who is at work on a request, as far as it can be told. */
export function whoActs(r: RequestRecord): string {
  const { step, phase } = r;
  return calls.getStore()?.who ?? (step === undefined || phase === undefined ? 'somebody' : whoIs(step, phase));
}
