import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK } from '../core/verdict.ts';

/** Maps what nobody else has mapped: DocumentRoot and the path are the file. */
export const documentRoot = definePlugin({
  name: 'document_root',
  phases: {
    translate: { order: 'last', handler: mapToDocumentRoot, pure: true },
  },
});

function mapToDocumentRoot(r: RequestRecord): typeof OK | typeof DECLINED {
  const root = r.config.documentRoot;
  // `OPTIONS *` asks about the server, not about a file.
  if (root === undefined || r.uri === '*') return DECLINED;
  r.filename = root === '/' ? r.uri : root + r.uri;
  return OK;
}
