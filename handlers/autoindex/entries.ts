import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { RequestRecord } from '../../core/request-record.ts';
import { hiddenStatus } from '../hidden-file.ts';
import { mayBeListed } from '../link-policy.ts';
import { htmlTitle } from './html-title.ts';
import type { IndexQuery } from './index-query.ts';
import { type Subject, ruleFor, specialRule } from './name-rules.ts';

/** One line of a listing. */
export interface Entry {
  /** The name of a folder ends with a slash. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Bytes; -1 for folders. */
  readonly size: number;
  /** Milliseconds; NaN where it isn't said. */
  readonly modified: number;
  readonly contentType: string | undefined;
  readonly icon: string | undefined;
  readonly alt: string | undefined;
  /** HTML. */
  readonly description: string | undefined;
}

/** Entries are judged in groups of this size, with other requests in between. */
const GROUP = 64;

/** The entries of the request's folder that the client may see, in no order. */
export async function readEntries(r: RequestRecord, folder: string, query: IndexQuery): Promise<Entry[]> {
  const entries: Entry[] = [];
  const { signal } = r;
  const found = await readdir(folder, { withFileTypes: true });
  for (const [at, dirent] of found.entries()) {
    if (at % GROUP === GROUP - 1) await setImmediate();
    if (signal.aborted) break;
    const { name } = dirent;
    if (query.pattern?.(name) === false || r.config.indexIgnore.tests.some((test) => test(name))) continue;
    const entry = await judge(r, folder + name, dirent, query);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** The line that leads to the folder above; undefined at the top, and where IndexIgnore names it. */
export function parentEntry(r: RequestRecord): Entry | undefined {
  if (r.uri === '/' || r.config.indexIgnore.tests.some((test) => test('..'))) return undefined;
  const { addDescription, addIcon } = r.config;
  const about = (kind: 'url' | 'alt'): string | undefined =>
    specialRule(addIcon, '..', kind) ?? specialRule(addIcon, '^^DIRECTORY^^', kind);
  return {
    name: '..',
    isFolder: true,
    size: -1,
    modified: Number.NaN,
    contentType: undefined,
    icon: about('url'),
    alt: about('alt') ?? 'PARENTDIR',
    description: specialRule(addDescription, '..', 'description'),
  };
}

/** Asks what a request for the entry would meet: what the client may not have isn't shown. */
async function judge(r: RequestRecord, path: string, dirent: Dirent, query: IndexQuery): Promise<Entry | undefined> {
  if (hiddenStatus(r, path) !== undefined || !mayBeListed(r, path, dirent.isSymbolicLink())) return undefined;
  const { r: sub, status } = await r.lookupFile(dirent.name);
  if (!isShown(status, query)) return undefined;
  const finfo = statOf(sub);
  const isFolder = finfo?.isDirectory() === true;
  if (finfo === undefined || !(isFolder || finfo.isFile())) return undefined;
  const subject: Subject = {
    path: isFolder ? `${path}/` : path,
    contentType: sub.contentType,
    contentEncoding: sub.contentEncoding,
  };
  const { addDescription, addIcon } = r.config;
  const about = (kind: 'url' | 'alt'): string | undefined =>
    ruleFor(addIcon, subject, kind) ?? (isFolder ? specialRule(addIcon, '^^DIRECTORY^^', kind) : undefined);
  const description = ruleFor(addDescription, subject, 'description');
  return {
    name: isFolder ? `${dirent.name}/` : dirent.name,
    isFolder,
    size: isFolder ? -1 : finfo.size,
    modified: finfo.mtimeMs,
    contentType: sub.contentType,
    icon: about('url'),
    alt: about('alt') ?? (isFolder ? 'DIR' : undefined),
    description: description ?? (mayHaveTitle(subject, query) ? await htmlTitle(path) : undefined),
  };
}

function isShown(status: number, { flags }: IndexQuery): boolean {
  if (status === 200 || (status >= 300 && status < 400)) return true;
  return flags.has('ShowForbidden') && (status === 401 || status === 403);
}

/** What can't even be looked at isn't there. */
function statOf(sub: RequestRecord): RequestRecord['finfo'] {
  try {
    return sub.finfo;
  } catch {
    return undefined;
  }
}

function mayHaveTitle({ contentType, contentEncoding }: Subject, { flags }: IndexQuery): boolean {
  if (!flags.has('ScanHTMLTitles') || contentEncoding !== undefined) return false;
  return contentType === 'text/html' || contentType === 'application/xhtml+xml';
}
