import type { FilterObject } from 'sluice';
import { pageKey } from './page.ts';

/** Puts the layout around the content that the handler has made. */
export const layoutFilter: FilterObject = {
  // The tag and time that the handler has set are those of the whole page, so they stay.
  changes: 'coding',
  data(chunk, f) {
    const page = f.r.state.get(pageKey);
    // An error page, or the file itself.
    if (page === undefined) return (f.remove(), f.passOn(chunk));
    f.r.state.delete(pageKey);
    return f.passOn(Buffer.concat([Buffer.from(page.head), chunk, Buffer.from(page.foot)]));
  },
};
