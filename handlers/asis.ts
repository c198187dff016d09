import { closeSync } from 'node:fs';
import { FileBucket } from '../core/filter/bucket.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { handlerByType } from '../phases/handler-by-type.ts';
import { type FileHead, readFileHead } from './asis/file-head.ts';
import { hiddenStatus } from './hidden-file.ts';
import { openFile } from './open-file.ts';

/** Files that carry the headers of their response: `AddHandler send-as-is asis`. */
export const asis = definePlugin({
  name: 'asis',
  aliases: ['mod_asis', 'asis_module'],
  phases: { fixup: handlerByType('httpd/send-as-is', 'send-as-is') },
  handlers: { 'send-as-is': sendAsIs },
});

function sendAsIs(r: RequestRecord): Verdict | Promise<Verdict> {
  const { filename } = r;
  if ((r.method !== 'GET' && r.method !== 'HEAD') || filename === undefined) return DECLINED;
  const hidden = hiddenStatus(r, filename);
  if (hidden !== undefined) return hidden;
  if (r.finfo === undefined || r.finfo.isDirectory()) return 404;
  const file = openFile(r, filename);
  if (typeof file === 'number') return file;
  r.registerCleanup(() => closeSync(file.descriptor));
  const head = readFileHead(file.descriptor, filename);
  const target = applyHead(r, head);
  if (target !== undefined) {
    const redirected = r.internalRedirect(target);
    return isThenable(redirected) ? redirected.then(() => OK) : OK;
  }
  const length = file.stats.size - head.length;
  if (length === 0) return OK;
  const written = r.output.write(new FileBucket(file.descriptor, head.length, length));
  return isThenable(written) ? written.then(() => OK) : OK;
}

/** Takes the head over into the answer; gives the path of this server that it hands the request on to. */
function applyHead(r: RequestRecord, { status, statusLine, fields }: FileHead): string | undefined {
  if (status !== undefined) r.status = status;
  r.statusLine = statusLine;
  for (const [name, value] of fields) {
    const lowerName = name.toLowerCase();
    if (lowerName === 'content-type') {
      r.contentType = value;
      r.charset = undefined;
    } else if (lowerName === 'set-cookie') r.headersOut.append(name, value);
    else if (lowerName !== 'content-length') r.headersOut.merge(name, value);
  }
  const location = r.headersOut.get('Location');
  const isLocal = location?.startsWith('/') === true && (r.status === 200 || (r.status >= 300 && r.status < 400));
  if (!isLocal) return undefined;
  r.status = 200;
  r.headersOut.delete('Location');
  return location;
}
