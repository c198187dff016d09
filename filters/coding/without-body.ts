import type { BrigadeFilter } from '../../core/filter/filter.ts';
import { onlyEnd } from '../only-end.ts';

/** Stands for a filter that changes the coding, where the body goes nowhere: the answer to a HEAD. */
export const withoutBody: BrigadeFilter = {
  changes: 'coding',
  brigade: onlyEnd,
};
