import type { RequestRecord } from '../../core/request-record.ts';

/** The entity tag of a list of variants, by what the list is made of; weak while that may still change within a second. */
export function listTag(r: RequestRecord, changed: number, size?: number): string {
  const time = Math.floor(changed * 1_000).toString(16);
  const tag = size === undefined ? `"${time}"` : `"${size.toString(16)}-${time}"`;
  return r.requestTime - changed > 1_000 ? tag : `W/${tag}`;
}
