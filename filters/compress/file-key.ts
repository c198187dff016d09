import type { RequestRecord } from '../../core/request-record.ts';
import type { Coding } from './codings.ts';

/**
 * What the compressed form of a body depends on, where the body is a file as it lies on the disk: a strong ETag and
 * Last-Modified of the handler for static files are gone once a filter has changed anything.
 */
export function fileKey(r: RequestRecord, coding: Coding): string | undefined {
  if (r.step?.plugin !== 'static' || r.status !== 200 || !r.hasHeadersOut) return undefined;
  const tag = r.headersOut.get('ETag');
  if (tag === undefined || !tag.startsWith('"') || !r.headersOut.has('Last-Modified')) return undefined;
  const { filename, finfo } = r;
  if (filename === undefined || finfo === undefined) return undefined;
  return `${coding.settings(r.config)} ${finfo.dev}-${finfo.ino}-${finfo.size}-${finfo.mtimeMs}-${finfo.ctimeMs} ${tag} ${filename}`;
}
