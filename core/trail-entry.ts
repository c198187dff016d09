import type { PhaseName } from './phases.ts';

/** One step of a request's trail. */
export interface TrailEntry {
  readonly phase: PhaseName;
  readonly plugin: string;
  readonly name: string;
  readonly verdict: string;
  readonly milliseconds: number;
}
