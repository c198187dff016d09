import { type Brigade, EOS } from '../core/filter/bucket.ts';

/** What is left of a body that goes nowhere: the answer to a HEAD. */
export function onlyEnd(brigade: Brigade): Brigade {
  return brigade.includes(EOS) ? [EOS] : [];
}
