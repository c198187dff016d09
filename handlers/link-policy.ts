import { type Stats, existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { RequestRecord } from '../core/request-record.ts';
import { isInside, rootOf } from './hidden-file.ts';

/**
 * Judges an open file by where it really is: 403 where a symbolic link has led out of the folder that is served and Options
 * doesn't permit it, 404 for the config's own sources; undefined where it may be seen.
 */
export function maySee(r: RequestRecord, filename: string, descriptor: number, stats: Stats): 403 | 404 | undefined {
  const real = realPathOf(filename, descriptor, stats);
  if (real === undefined) return 404;
  if (r.server.sources.has(real)) return 404;
  if (real === filename) return undefined;
  const { on } = r.config.options;
  if (on.has('followsymlinks')) return undefined;
  const root = rootOf(r, filename);
  if (isInside(real, realpathSync(root))) return undefined;
  if (on.has('symlinksifownermatch') && ownersMatch(root, filename, stats)) return undefined;
  r.log(
    `${filename} is reached by a symbolic link that leads out of ${root}, and Options doesn't permit that`,
    'error',
    'static',
  );
  return 403;
}

const linuxDescriptors = '/proc/self/fd';
const hasLinuxDescriptors = existsSync(linuxDescriptors);

/** Where the open file is; undefined where it was exchanged while we looked. */
function realPathOf(filename: string, descriptor: number, stats: Stats): string | undefined {
  if (hasLinuxDescriptors) return readlinkSync(`${linuxDescriptors}/${descriptor}`);
  const real = realpathSync(filename);
  return isSameFile(lstatSync(real), stats) ? real : undefined;
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
