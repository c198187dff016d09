import type { RequestRecord } from '../../core/request-record.ts';
import type { Breaches } from './breaches.ts';
import { answeredBy } from './call.ts';
import { passedPoints } from './watch-chain.ts';

/** What a status must come with (RFC 9110 §15). */
const requiredHeaders: readonly { readonly statuses: readonly number[]; readonly header: string }[] = [
  { statuses: [301, 302, 303, 307, 308], header: 'Location' },
  { statuses: [401], header: 'WWW-Authenticate' },
  { statuses: [405], header: 'Allow' },
  { statuses: [416], header: 'Content-Range' },
];

/** Looks at a response as its last byte is about to leave; one with a breach is cut. */
export function checkResponse(first: RequestRecord, breaches: Breaches): void {
  let r = first;
  while (r.next !== undefined) r = r.next;
  // A client that is gone has no whole response.
  if (r.exchange.writer.aborted) return;
  const breach = missingHeader(r) ?? badTag(r) ?? strayLocation(r) ?? unwantedBody(r) ?? wrongLength(r);
  if (breach === undefined) return;
  breaches.report(r, breach);
  r.exchange.writer.cut();
}

function missingHeader(r: RequestRecord): string | undefined {
  const rule = requiredHeaders.find(({ statuses }) => statuses.includes(r.status));
  if (rule === undefined || r.headersOut.has(rule.header) || r.errHeadersOut.has(rule.header)) return undefined;
  return `a ${r.status} must have the header ${rule.header}, but nobody set it${blame(r)}`;
}

function badTag(r: RequestRecord): string | undefined {
  const etag = r.headersOut.get('ETag');
  if (etag === undefined || /^(?:W\/)?"[^"]*"$/.test(etag)) return undefined;
  return `an ETag is a quoted text, with W/ in front or not, but ETag: ${etag} was set${blame(r)}`;
}

function strayLocation(r: RequestRecord): string | undefined {
  if (r.status !== 200 || !r.headersOut.has('Location')) return undefined;
  return `Location was set, but the status is 200: return what r.redirect gives, or a status of 300 and above${blame(r)}`;
}

/** The engine leaves the body away, so that nobody else would notice. */
function unwantedBody(r: RequestRecord): string | undefined {
  const [input] = r.state.get(passedPoints) ?? [];
  if (input === undefined || input.bytes === 0 || ![204, 205, 304].includes(r.status)) return undefined;
  return `a ${r.status} has no body, but ${input.bytes} bytes were written: write nothing, or answer another status${blame(r)}`;
}

/** The engine knows better where it has the whole body. */
function wrongLength(r: RequestRecord): string | undefined {
  const [input] = r.state.get(passedPoints) ?? [];
  const declared = r.headersOut.get('Content-Length');
  if (declared === undefined || r.headerOnly || r.status !== 200 || input?.ended !== true) return undefined;
  if (r.bytesSent === 0 || declared === String(r.bytesSent)) return undefined;
  return `Content-Length was set to ${declared}, but the body has ${r.bytesSent} bytes: leave it to the engine${blame(r)}`;
}

function blame(r: RequestRecord): string {
  const who = r.state.get(answeredBy);
  return who === undefined ? '' : ` (the last to answer was ${who})`;
}
