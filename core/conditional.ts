import type { Stats } from 'node:fs';
import type { RequestRecord } from './request-record.ts';
import { OK } from './verdict.ts';

/**
 * RFC 9110 §13.2.2: the request's conditions against the response's ETag and Last-Modified. 304 for a copy that is still
 * good, 412 for a condition that fails, else OK; always OK for what is made anew each time.
 */
export function meetsConditions(r: RequestRecord): typeof OK | 304 | 412 {
  if (r.status < 200 || r.status > 299 || r.noLocalCopy) return OK;
  const headers = r.headersIn;
  const etag = r.hasHeadersOut ? r.headersOut.get('ETag') : undefined;
  const isRead = r.method === 'GET' || r.method === 'HEAD';

  const ifMatch = headers.get('If-Match');
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, etag, true)) return 412;
  } else {
    const since = httpDate(headers.get('If-Unmodified-Since'));
    if (since !== undefined && isModifiedSince(r, since)) return 412;
  }

  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== undefined) {
    // Weak tags are equal enough to keep a copy, not to join parts of one (RFC 9110 §13.1.2, as Apache applies it).
    const strong = !isRead || headers.has('Range');
    if (!listsTag(ifNoneMatch, etag, strong)) return OK;
    if (!isRead) return 412;
    return 304;
  }
  const since = isRead ? httpDate(headers.get('If-Modified-Since')) : undefined;
  if (since === undefined || since > r.requestTime) return OK;
  return isModifiedSince(r, since) ? OK : 304;
}

/** Apache's default tag: size and time in hexadecimal. */
export function etagOf(r: RequestRecord): string | undefined {
  const finfo = r.finfo;
  return finfo === undefined ? undefined : fileTag(r, finfo, `${finfo.size.toString(16)}-${timeTag(finfo)}`);
}

/** The time of a file as it stands in its tag. */
export function timeTag({ mtimeMs }: Stats): string {
  return Math.floor(mtimeMs * 1_000).toString(16);
}

/** Makes a tag of a text that stands for a file's state; weak while the file may still change within the clock's tick. */
export function fileTag(r: RequestRecord, { mtimeMs }: Stats, text: string): string {
  return r.requestTime - mtimeMs > 1_000 ? `"${text}"` : `W/"${text}"`;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 9110 §5.6.7. What stands behind the time isn't looked at: old clients put the length of their copy there. */
const dateForms = [
  /^[a-z]{3}, (?<day>\d\d) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) /i,
  /^[a-z]{6,9}, (?<day>\d\d)-(?<month>[a-z]{3})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) /i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/i,
];

/** The tag of a variant that was chosen from a list with a tag of its own: a new list makes it a new one (RFC 2295 §9.2). */
export function variantTag(etag: string, listTag: string): string {
  const isWeak = etag.startsWith('W/') || listTag.startsWith('W/');
  return `${isWeak ? 'W/' : ''}${opaque(etag).slice(0, -1)};${opaque(listTag).slice(1)}`;
}

/** A date in one of HTTP's three forms in milliseconds; undefined for anything else. */
export function httpDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  for (const form of dateForms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return timeOf(parts);
  }
  return undefined;
}

function timeOf(parts: Readonly<Record<string, string>>): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = parts['time']!.split(':').map(Number);
  const month = months.indexOf(parts['month']!.toLowerCase());
  const day = Number(parts['day']);
  // Two digits are a year of this century until 69, as in Apache.
  const year = parts['year']!.length === 4 ? Number(parts['year']) : 1_970 + ((Number(parts['year']) + 30) % 100);
  const time = Date.UTC(year, month, day, hours, minutes, seconds);
  const isDate = month >= 0 && day > 0 && new Date(time).getUTCDate() === day && hours < 24 && minutes < 60;
  return isDate ? time : undefined;
}

/** True when `list` is `*`, which stands for whatever is there, or has a tag equal to `etag`. */
export function listsTag(list: string, etag: string | undefined, strong: boolean): boolean {
  if (list.trim() === '*') return true;
  if (etag === undefined) return false;
  if (strong && etag.startsWith('W/')) return false;
  const wanted = opaque(etag);
  for (const [item] of list.matchAll(/(?:"[^"]*"|[^",])+/g)) {
    const tag = item.trim();
    if (strong ? tag === etag : opaque(tag) === wanted) return true;
  }
  return false;
}

/** The tag without the mark of weakness. */
function opaque(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}

/** What has no date may have been modified at any time. */
function isModifiedSince(r: RequestRecord, time: number): boolean {
  const modified = lastModified(r);
  return modified === undefined || modified > time;
}

/** HTTP's clock has whole seconds. */
function lastModified(r: RequestRecord): number | undefined {
  const header = r.hasHeadersOut ? httpDate(r.headersOut.get('Last-Modified')) : undefined;
  if (header !== undefined) return header;
  return r.mtime === 0 ? undefined : Math.floor(r.mtime / 1_000) * 1_000;
}
