import { type PhaseName, phaseIndex } from './phases.ts';
import type { Step } from './plan.ts';

/** What handlers have added to the phases of one request. */
export class AddedSteps {
  readonly #steps = new Map<PhaseName, Step[]>();

  /**
   * Throws RangeError for a phase that is over by the time that `running` is, and for cleanup; TypeError for what is no
   * function.
   */
  add(phase: PhaseName, handler: Step['handler'], running: PhaseName | undefined): void {
    if (!Object.hasOwn(phaseIndex, phase) || phase === 'cleanup') {
      throw new RangeError(
        `addHandler takes a phase, but was given ${phase}; see registerCleanup for work after the end`,
      );
    }
    if (typeof handler !== 'function')
      throw new TypeError(`addHandler takes a function, but was given ${typeof handler}`);
    if (running !== undefined && phaseIndex[phase] < phaseIndex[running]) {
      throw new RangeError(`addHandler came too late: ${phase} is over, ${running} is running`);
    }
    const name = handler.name === '' ? '(anonymous)' : handler.name;
    const step: Step = { plugin: 'addHandler', name, handler, configured: true, pure: false };
    const steps = this.#steps.get(phase);
    if (steps === undefined) this.#steps.set(phase, [step]);
    else steps.push(step);
  }

  of(phase: PhaseName): readonly Step[] | undefined {
    return this.#steps.get(phase);
  }
}
