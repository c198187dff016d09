import type { RequestRecord } from '../core/request-record.ts';
import { passedPoints } from './lint-filters.ts';

/** What a status must come with (RFC 9110 §15). */
const requiredHeaders: readonly { readonly statuses: readonly number[]; readonly header: string }[] = [
  { statuses: [301, 302, 303, 307, 308], header: 'Location' },
  { statuses: [401], header: 'WWW-Authenticate' },
  { statuses: [405], header: 'Allow' },
  { statuses: [416], header: 'Content-Range' },
];

/** Looks at a response as its last byte is about to leave; one with a breach is cut. */
export function checkResponse(first: RequestRecord): void {
  let r = first;
  while (r.next !== undefined) r = r.next;
  const breach = swallowedEnd(r) ?? missingHeader(r) ?? badTag(r);
  if (breach === undefined) return;
  r.log(`lint: ${breach}`, 'error', 'lint');
  r.exchange.writer.cut();
}

function swallowedEnd(r: RequestRecord): string | undefined {
  const points = r.state.get(passedPoints) ?? [];
  const at = points.findIndex((point, index) => index > 0 && points[index - 1]!.ended && !point.ended);
  const filter = points[at]?.filter;
  return filter === undefined || !r.output.filters.includes(filter)
    ? undefined
    : `the filter ${filter.name} swallowed EOS`;
}

function missingHeader(r: RequestRecord): string | undefined {
  const rule = requiredHeaders.find(({ statuses }) => statuses.includes(r.status));
  if (rule === undefined || r.headersOut.has(rule.header) || r.errHeadersOut.has(rule.header)) return undefined;
  return `a ${r.status} must have the header ${rule.header}, but nobody set it (last handler: ${r.step?.name})`;
}

function badTag(r: RequestRecord): string | undefined {
  const etag = r.headersOut.get('ETag');
  if (etag === undefined || /^(?:W\/)?"[^"]*"$/.test(etag)) return undefined;
  return `an ETag is a quoted text, with W/ in front or not, but ETag: ${etag} was set`;
}
