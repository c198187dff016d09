import { EOS, type Brigade, bucketLength } from '../../core/filter/bucket.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isBodiless } from '../../core/response-head.ts';
import { codingQuality } from '../../handlers/static/accept-encoding.ts';
import { rangeOf } from '../hidden-range.ts';
import type { Coding } from './codings.ts';

/** Whether the body that begins with `brigade` is to be compressed; where Accept-Encoding decides that, Vary says so. */
export function isToBeCompressed(r: RequestRecord, brigade: Brigade, coding: Coding): boolean {
  // The bytes of a subrequest become a part of another body.
  if (r.main !== undefined || isBodiless(r.status)) return false;
  if (isSwitchedOff(r, coding) || isEncoded(r) || isPartial(r) || mustNotChange(r)) return false;
  if (isSmall(brigade, r.config.compressionMinimumLength)) return false;
  r.varyOn('Accept-Encoding');
  // Ranges are those of the plain body, so that nothing is compressed for a few bytes of it.
  return rangeOf(r) === undefined && isAccepted(r, coding);
}

/** Whether the client takes a coding at least as gladly as the plain form. */
export function isAccepted(r: RequestRecord, coding: Coding): boolean {
  if (coding.obeysBrowserSwitches && r.hasEnv && r.env.has('force-gzip')) return true;
  const quality = codingQuality(r.headersIn.get('Accept-Encoding'));
  return quality(coding.name) > 0 && quality(coding.name) >= quality('identity');
}

export function isSwitchedOff(r: RequestRecord, { offSwitch, obeysBrowserSwitches }: Coding): boolean {
  if (!r.hasEnv) return false;
  if (r.env.has(offSwitch)) return true;
  return obeysBrowserSwitches && r.env.get('gzip-only-text/html') === '1' && !isHtml(r);
}

function isHtml(r: RequestRecord): boolean {
  return r.contentType?.startsWith('text/html') === true;
}

/** Codings that are none: RFC 9110 §8.4.1 knows identity, MIME the others. */
const plain: ReadonlySet<string> = new Set(['', 'identity', '7bit', '8bit', 'binary']);

function isEncoded(r: RequestRecord): boolean {
  const given = [r.contentEncoding, ...(r.hasHeadersOut ? r.headersOut.getAll('Content-Encoding') : [])];
  return given.some((value) => value?.split(',').some((name) => !plain.has(name.trim().toLowerCase())));
}

function isPartial(r: RequestRecord): boolean {
  return r.hasHeadersOut && r.headersOut.has('Content-Range');
}

/** RFC 9111 §5.2.2.6. */
function mustNotChange(r: RequestRecord): boolean {
  return r.hasHeadersOut && r.headersOut.getAll('Cache-Control').some((value) => /\bno-transform\b/i.test(value));
}

function isSmall(brigade: Brigade, least: number): boolean {
  return brigade.at(-1) === EOS && brigade.reduce((sum, bucket) => sum + bucketLength(bucket), 0) < Math.max(least, 1);
}
