import { posix } from 'node:path';
import type { Subrequest } from '../../../core/subrequest.ts';
import type { Page } from '../page.ts';

/** What `file` or `virtual` names; a text says why it may not be had. */
export function findTarget(page: Page, kind: string, name: string): Subrequest | string | Promise<Subrequest> {
  if (kind === 'virtual') return page.r.lookupUri(name);
  // Only the page's folder and those in it: `file` passes by the rules for URLs.
  const path = posix.normalize(name);
  if (name === '' || path.startsWith('/') || path.startsWith('..') || path.includes('\0')) {
    return `the file "${name}" is not in the folder of the page`;
  }
  return page.r.lookupFile(path);
}
