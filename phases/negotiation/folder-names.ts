import { readdirSync, statSync } from 'node:fs';
import { codeOf, messageOf } from '../../core/thrown.ts';
import { httpError } from '../../core/verdict.ts';

/** The names in a folder, sorted; folders are left out. */
export interface FolderNames {
  readonly names: readonly string[];
  /** Those of them that are symbolic links. */
  readonly links: ReadonlySet<string>;
  /** When the folder was changed last, in milliseconds. */
  readonly changed: number;
}

const known = new Map<string, FolderNames>();
const MEMORY = 1_024;
/** A folder that was changed just now may change once more within the clock's tick. */
const SETTLED = 2_000;

/** Reads a folder, unless it hasn't changed since it was read last. Throws a 403 where it can't be read. */
export function readFolder(folder: string): FolderNames {
  try {
    const { mtimeMs } = statSync(folder);
    const kept = known.get(folder);
    if (kept?.changed === mtimeMs) return kept;
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const links = new Set(entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name));
    const found = { names: names.toSorted(byCodeUnits), links, changed: mtimeMs };
    if (Date.now() - mtimeMs > SETTLED) {
      if (known.size >= MEMORY) known.clear();
      known.set(folder, found);
    }
    return found;
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
    if (isMissing) return { names: [], links: new Set(), changed: 0 };
    throw httpError(403, `the folder can't be read for its variants: ${messageOf(error)}`);
  }
}

/** Those of the names that begin with `prefix`, found without looking at all of them. */
export function namesWithPrefix({ names }: Pick<FolderNames, 'names'>, prefix: string): readonly string[] {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < names.length && names[end]!.startsWith(prefix)) end++;
  return names.slice(low, end);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
