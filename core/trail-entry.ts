import type { PhaseName } from './phases.ts';

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
