import type { RequestRecord } from '../core/request-record.ts';

/**
 * The status for files that are never shown, whether they exist or not: 403 for `.ht*`, as Apache's shipped config has it,
 * 404 for other names that begin with a dot and for everything below such a folder, unless `DotFiles On`.
 */
export function hiddenStatus(r: RequestRecord, filename: string): 403 | 404 | undefined {
  if (!filename.includes('/.')) return undefined;
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  if (name.slice(0, 3).toLowerCase() === '.ht') return 403;
  return !r.config.dotFiles && hasHiddenName(pathBelow(rootOf(r, filename), filename)) ? 404 : undefined;
}

/** The folder that whoever wrote the config has opened to the world. */
export function rootOf(r: RequestRecord, filename: string): string {
  const root = r.documentRoot;
  // A handler that maps elsewhere answers for the folder it names.
  return root !== undefined && isInside(filename, root) ? root : filename.slice(0, filename.lastIndexOf('/'));
}

/** True for the folder itself and for all that is below it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function pathBelow(folder: string, path: string): string {
  return folder.endsWith('/') ? path.slice(folder.length - 1) : path.slice(folder.length);
}

/** RFC 8615: `.well-known` is there to be seen. */
function hasHiddenName(path: string): boolean {
  return /\/\.(?!well-known(?:\/|$))/.test(path);
}
