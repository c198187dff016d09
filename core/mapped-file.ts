import { type Stats, statSync } from 'node:fs';
import { codeOf, messageOf } from './thrown.ts';
import { httpError } from './verdict.ts';

/** What a mapped path stands for. */
export interface MappedFile {
  readonly filename: string;
  /** What follows behind the file. */
  readonly pathInfo: string;
  /** Undefined where there is no such file. */
  readonly finfo: Stats | undefined;
}

/**
 * The longest part of a path that exists is the file, what follows is path info; below a folder that exists, the first
 * name that doesn't is the file (Apache's directory walk). Throws as `lookAt` does.
 */
export function findMappedFile(path: string): MappedFile {
  let end = path.length;
  let missing = end;
  for (;;) {
    const finfo = lookAt(end === 0 ? '/' : path.slice(0, end));
    if (finfo !== undefined) {
      const isBelow = finfo.isDirectory() && end < path.length;
      const filename = path.slice(0, isBelow ? missing : end);
      return { filename, pathInfo: path.slice(filename.length), finfo: isBelow ? undefined : finfo };
    }
    const slash = path.lastIndexOf('/', end - 1);
    if (end === 0 || slash < 0) return { filename: path, pathInfo: '', finfo: undefined };
    missing = end;
    end = slash;
  }
}

/**
 * The stat of a file, undefined where there is none: what lies below a file, or has too long a name for the file system,
 * isn't there. Throws a 403 where it can't be looked at (EACCES, ELOOP).
 */
export function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw httpError(403, messageOf(error));
  }
}
