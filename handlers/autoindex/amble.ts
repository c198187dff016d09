import { closeSync } from 'node:fs';
import { escapeHtml } from '../../core/escape-html.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import { openFile } from '../open-file.ts';
import { readWhole } from '../read-whole.ts';

/** A file that stands above or below a listing: HTML as it is, other text in a block of its own. */
export interface Amble {
  readonly isHtml: boolean;
  write(): Promise<void>;
}

/** Finds the file of HeaderName or ReadmeName; undefined where the client may not have it, or it is no text. */
export async function findAmble(r: RequestRecord, name: string | undefined): Promise<Amble | undefined> {
  if (name === undefined) return undefined;
  const found = await r.lookupUri(name);
  const type = found.r.contentType ?? '';
  if (found.status !== 200 || found.r.finfo?.isFile() !== true) return undefined;
  if (type.startsWith('text/html') || type.startsWith('application/xhtml+xml')) {
    return { isHtml: true, write: async () => void (await found.run()) };
  }
  return type.startsWith('text/') ? { isHtml: false, write: () => writeText(r, found) } : undefined;
}

async function writeText(r: RequestRecord, { r: sub }: Subrequest): Promise<void> {
  const file = openFile(sub, sub.filename!);
  if (typeof file === 'number') return;
  try {
    await r.write(`<pre>\n${escapeHtml(readWhole(file.descriptor, file.stats.size).toString())}</pre>\n`);
  } finally {
    closeSync(file.descriptor);
  }
}
