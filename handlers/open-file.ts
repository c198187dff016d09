import { type Stats, closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { RequestRecord } from '../core/request-record.ts';
import { codeOf, messageOf } from '../core/thrown.ts';
import { maySee } from './link-policy.ts';

export interface OpenFile {
  readonly descriptor: number;
  readonly stats: Stats;
  /** Where it is another form of the file that was asked for: what it is in, e.g. `gzip`. */
  readonly coding?: string;
}

// Opening a named pipe must not wait for its other end.
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Opens a regular file that may be sent to a client, or gives the status to refuse with. Everything is checked on the open
 * descriptor, so that nobody can exchange the file in between.
 */
export function openFile(r: RequestRecord, filename: string): OpenFile | 403 | 404 | 503 {
  let descriptor: number;
  try {
    descriptor = openSync(filename, flags);
  } catch (error) {
    return statusOf(r, error);
  }
  const refusal = refuse(r, filename, descriptor);
  if (typeof refusal !== 'number') return { descriptor, stats: refusal };
  closeSync(descriptor);
  return refusal;
}

/** The file's stat, or the status to refuse with. */
function refuse(r: RequestRecord, filename: string, descriptor: number): Stats | 403 | 404 {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    r.log(`${filename} is neither a file nor a folder`, 'error', 'static');
    return 403;
  }
  return maySee(r, filename, descriptor, stats) ?? stats;
}

function statusOf(r: RequestRecord, error: unknown): 403 | 404 | 503 {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 404;
  r.log(`the file can't be opened: ${messageOf(error)}`, 'error', 'static');
  return code === 'EMFILE' || code === 'ENFILE' ? 503 : 403;
}
