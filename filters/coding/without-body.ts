import { EOS } from '../../core/filter/bucket.ts';
import type { BrigadeFilter } from '../../core/filter/filter.ts';

/** Stands for a filter that changes the coding, where the body goes nowhere: the answer to a HEAD. */
export const withoutBody: BrigadeFilter = {
  changes: 'coding',
  brigade: (brigade) => (brigade.includes(EOS) ? [EOS] : []),
};
