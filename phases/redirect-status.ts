import { STATUS_CODES } from 'node:http';
import type { ErrorStatus } from '../core/verdict.ts';

/** The names that Redirect and DirectoryIndexRedirect have for statuses. */
const names: ReadonlyMap<string, ErrorStatus> = new Map<string, ErrorStatus>([
  ['permanent', 301],
  ['temp', 302],
  ['seeother', 303],
  ['gone', 410],
]);

/** The status that a name or number means: `'word'` where it is neither, undefined where HTTP has no such error or redirect. */
export function readStatus(text: string): ErrorStatus | 'word' | undefined {
  const named = names.get(text.toLowerCase());
  if (named !== undefined) return named;
  if (!/^\d/.test(text)) return 'word';
  return /^[345]\d\d$/.test(text) && STATUS_CODES[text] !== undefined && text !== '304'
    ? (Number(text) as ErrorStatus)
    : undefined;
}

export function isRedirectStatus(status: number): boolean {
  return status >= 300 && status < 400;
}
