import type { FilterObject } from '../../core/filter/filter.ts';
import { StreamFilter } from '../../core/filter/stream-filter.ts';
import type { ProgramStream } from './program-stream.ts';

type Changes = NonNullable<FilterObject['changes']>;

/** One body on its way through a program, no faster than the program and the next filter take it. */
export class ProgramRun extends StreamFilter {
  readonly changes: Changes;

  constructor(program: ProgramStream, changes: Changes) {
    super(program);
    this.changes = changes;
  }
}
