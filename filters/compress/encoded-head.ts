import type { RequestRecord } from '../../core/request-record.ts';
import type { Coding } from './codings.ts';

/** Makes the head that of the compressed form; lengths and digests are dropped by the engine. */
export function describeEncoded(r: RequestRecord, coding: Coding): void {
  if (r.hasHeadersOut) r.headersOut.delete('Content-Encoding');
  r.contentEncoding = coding.name;
  const alter = coding.alterETag(r.config);
  const tag = r.hasHeadersOut ? r.headersOut.get('ETag') : undefined;
  if (tag === undefined || alter === 'NoChange') return;
  if (alter === 'Remove') r.headersOut.delete('ETag');
  else r.headersOut.set('ETag', withSuffix(tag, coding.suffix));
}

/** RFC 9110 §8.8.3.3: each form of a resource has a tag of its own. */
export function withSuffix(tag: string, suffix: string): string {
  return tag.endsWith('"') ? `${tag.slice(0, -1)}${suffix}"` : `${tag}${suffix}`;
}
