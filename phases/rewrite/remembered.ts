import type { RequestRecord } from '../../core/request-record.ts';

/** What rules leave behind for later phases, as notes of the request, so that fast redirects take them along. */
const names = {
  type: 'rewrite-type',
  handler: 'rewrite-handler',
  /** The URI of an internal redirect. */
  target: 'rewrite-target',
  end: 'rewrite-end',
} as const;

export function remember(r: RequestRecord, what: keyof typeof names, value: string): void {
  r.notes.set(names[what], value);
}

export function recall(r: RequestRecord, what: keyof typeof names): string | undefined {
  return r.notes.get(names[what]);
}

/** The flag END has been met, by this request or by one that was redirected here. */
export function hasEnded(r: RequestRecord): boolean {
  for (let at: RequestRecord | undefined = r; at !== undefined; at = at.prev) {
    if (recall(at, 'end') !== undefined) return true;
  }
  return false;
}
