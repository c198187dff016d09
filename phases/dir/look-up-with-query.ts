import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';

/** Looks `name` up with the query that `r` was asked with, as whatever answers instead of `r` will need it. */
export function lookUpWithQuery(r: RequestRecord, name: string): Subrequest | Promise<Subrequest> {
  return r.lookupUri(r.args === undefined ? name : `${name}?${r.args}`);
}
