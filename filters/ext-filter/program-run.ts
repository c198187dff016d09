import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { StreamFilter } from '../../core/filter/stream-filter.ts';
import type { ProgramStream } from './program-stream.ts';

type Changes = NonNullable<FilterObject['changes']>;

/** One body on its way through a program, no faster than the program and the next filter take it. */
export class ProgramRun extends StreamFilter {
  readonly changes: Changes;
  #begun = false;

  constructor(program: ProgramStream, changes: Changes) {
    super(program);
    this.changes = changes;
    // What a program says before the body has come waits for it.
    program.pause();
  }

  protected override step(f: FilterContext, work: (done: () => void) => void): Promise<void> {
    const done = super.step(f, work);
    if (!this.#begun) this.stream.resume();
    this.#begun = true;
    return done;
  }
}
