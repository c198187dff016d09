import type { RequestRecord } from '../../core/request-record.ts';

/** What a head says of the file's bytes, which are not those of the page. */
const ofTheBytes = ['Content-Length', 'Content-MD5', 'Content-Digest', 'Repr-Digest', 'Digest'] as const;

/** Takes out of the head what is true of the file but not of the page; the config may keep its tag and time. */
export function describePage(r: RequestRecord, keepsTime: boolean): void {
  if (r.committed) return;
  for (const name of ofTheBytes) r.headersOut.delete(name);
  if (!r.config.ssiETag) r.headersOut.delete('ETag');
  if (r.config.ssiLastModified ? !r.headersOut.has('Last-Modified') : keepsTime) r.setLastModified();
  else if (!r.config.ssiLastModified) r.headersOut.delete('Last-Modified');
}
