import type { PhaseName } from './phases.ts';
import type { RequestRecord } from './request-record.ts';

/**
 * One step of a request's trail.
 *
 * @example
 * for (const { phase, name, verdict } of r.trail ?? []) console.log(phase, name, verdict);
 */
export interface TrailEntry {
  /** In which it ran. */
  readonly phase: PhaseName;
  /** Whose it is; `core` for handlers of the config. */
  readonly plugin: string;
  /** As the config spells it, or the name of the hook. */
  readonly name: string;
  /** `OK`, `DECLINED`, `DONE` or a status. */
  readonly verdict: string;
  /** Until it had answered, with everything that it waited for. */
  readonly milliseconds: number;
}

/**
 * What the channel `sluice.step` of `node:diagnostics_channel` publishes when a handler has answered.
 *
 * @example
 * subscribe('sluice.step', (message) => {
 *   const { r, entry } = message as StepMessage;
 *   console.log(r.uri, entry.phase, entry.milliseconds);
 * });
 */
export interface StepMessage {
  /** The request. */
  readonly r: RequestRecord;
  /** The handler's step. */
  readonly entry: TrailEntry;
}
