import { type Stats, existsSync, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { RequestRecord } from '../core/request-record.ts';
import { isInside, rootOf } from './hidden-file.ts';

/**
 * Judges an open file or folder by where it really is: 403 where a symbolic link has led out of the folder that is served
 * and Options doesn't permit it, 404 for the config's own sources and for a name that isn't spelled as on the disk;
 * undefined where it may be seen.
 */
export function maySee(r: RequestRecord, filename: string, descriptor: number, stats: Stats): 403 | 404 | undefined {
  const real = realPathOf(filename, descriptor, stats);
  if (real === undefined) return 404;
  if (r.server.sources.has(real)) return 404;
  if (real === filename) return undefined;
  const root = rootOf(r, filename);
  if (!isSpelledAsOnDisk(root, filename, real)) return 404;
  if (mayFollow(r, root, filename, real, stats)) return undefined;
  r.log(
    `${filename} is reached by a symbolic link that leads out of ${root}, and Options doesn't permit that`,
    'error',
    'static',
  );
  return 403;
}

/** Whether a listing may name the file or folder: by the same rules, but for what can only be known by opening it. */
export function mayBeListed(r: RequestRecord, path: string, isLink: boolean): boolean {
  if (!isLink) return !r.server.sources.has(path);
  try {
    const stats = statSync(path);
    const real = realpathSync(path);
    return !r.server.sources.has(real) && mayFollow(r, rootOf(r, path), path, real, stats);
  } catch {
    // A link that leads nowhere, or where nobody may look.
    return false;
  }
}

function mayFollow(r: RequestRecord, root: string, filename: string, real: string, stats: Stats): boolean {
  const { on } = r.config.options;
  if (on.has('followsymlinks') || isInside(real, realpathSync(root))) return true;
  return on.has('symlinksifownermatch') && ownersMatch(root, filename, stats);
}

const linuxDescriptors = '/proc/self/fd';
const hasLinuxDescriptors = existsSync(linuxDescriptors);

/** Where the open file is; undefined where it was exchanged while we looked. */
function realPathOf(filename: string, descriptor: number, stats: Stats): string | undefined {
  if (hasLinuxDescriptors) return readlinkSync(`${linuxDescriptors}/${descriptor}`);
  // The native one gives names as they are on the disk where letter case doesn't matter.
  const real = realpathSync.native(filename);
  return isSameFile(lstatSync(real), stats) ? real : undefined;
}

/**
 * Where the file system takes `PAGE.HTML` for `page.html`, only the latter is there: sections for files and folders are
 * matched by letters, and another spelling must not get around them.
 */
export function isSpelledAsOnDisk(root: string, filename: string, real: string): boolean {
  // Without links in between, and with none of the names in another case, the ends are the same.
  if (real.endsWith(filename.slice(root.length)) || !ignoresCase(filename)) return true;
  for (let end = root.length; end < filename.length;) {
    const path = nextPath(filename, end);
    if (path.length > end + 1 && !readdirSync(filename.slice(0, end) || '/').includes(path.slice(end + 1)))
      return false;
    end = path.length;
  }
  return true;
}

/** Asks the file system whether a name in another case is the same file. */
function ignoresCase(filename: string): boolean {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  if (other === name) return true;
  const twin = statSync(filename.slice(0, -name.length) + other, { throwIfNoEntry: false });
  return twin !== undefined && isSameFile(twin, statSync(filename));
}

/** Every link below `root` belongs to whom its target belongs to; as in Apache, not proof against links that are being swapped. */
function ownersMatch(root: string, filename: string, stats: Stats): boolean {
  for (let end = root.length; end >= 0; end = filename.indexOf('/', end + 1)) {
    const path = nextPath(filename, end);
    const link = lstatSync(path);
    if (link.isSymbolicLink() && link.uid !== statSync(path).uid) return false;
  }
  return isSameFile(statSync(filename), stats);
}

/** The path as far as the slash behind `from`. */
function nextPath(filename: string, from: number): string {
  const slash = filename.indexOf('/', from + 1);
  return slash < 0 ? filename : filename.slice(0, slash);
}

function isSameFile(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}
