import { readdirSync, statSync } from 'node:fs';
import { join, parse, resolve, sep } from 'node:path';

import { compileWildcard, hasWildcard } from '../wildcard.ts';

/** The files that an Include names: one file, all below a folder, or what a pattern with wildcards matches, sorted by name. */
export function includeFiles(pattern: string, root: string): string[] {
  const absolute = resolve(root, pattern);
  if (!hasWildcard(pattern)) return filesBelow(absolute);
  const { root: top } = parse(absolute);
  const segments = absolute.slice(top.length).split(sep);
  let matches = [top];
  for (const segment of segments) {
    const folders = matches.filter(isFolder);
    matches = hasWildcard(segment)
      ? folders.flatMap((folder) => matching(folder, segment))
      : folders.map((folder) => join(folder, segment)).filter(exists);
  }
  return matches.flatMap(filesBelow);
}

function matching(folder: string, pattern: string): string[] {
  const matches = compileWildcard(pattern);
  // A leading dot must be asked for: editors leave such files behind.
  const wanted = (name: string): boolean => matches(name) && (pattern.startsWith('.') || !name.startsWith('.'));
  return names(folder)
    .filter(wanted)
    .map((name) => join(folder, name));
}

function filesBelow(path: string): string[] {
  if (!isFolder(path)) return exists(path) ? [path] : [];
  return names(path).flatMap((name) => filesBelow(join(path, name)));
}

/** By code unit, so that the order is the same on every machine. */
function names(folder: string): string[] {
  return readdirSync(folder).toSorted();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
