/** When a log is put aside for a new file, and what becomes of the old ones. */
export interface LogRotation {
  /** The file's name changes with the time: it has items of strftime. */
  readonly isDated: boolean;
  /** In bytes: a file that has grown to it is put aside. */
  readonly size: number | undefined;
  /** How many files that were put aside are kept; all where undefined. */
  readonly keep: number | undefined;
  /** A symbolic link beside the log that always leads to the present file. */
  readonly link: string | undefined;
}

/** A log's file as a config names it, and the rotation that stands behind it. */
export interface RotatedTarget {
  readonly path: string;
  readonly rotation: LogRotation | undefined;
}

/**
 * Takes `logs/access.%Y-%m-%d.log keep=14 link=access.log` apart: a path, which may have items of strftime in it, and any of
 * `size=100M`, `keep=14` and `link=name`. Throws an Error for a value that isn't valid.
 */
export function parseRotatedTarget(target: string): RotatedTarget {
  const [, path = target, words = ''] = /^(.*?\S)((?:\s+(?:size|keep|link)=\S*)*)\s*$/s.exec(target) ?? [];
  const options = new Map(Array.from(words.matchAll(/(\w+)=(\S*)/g), ([, name, value]) => [name, value!]));
  const isDated = path.includes('%');
  if (!isDated && options.size === 0) return { path, rotation: undefined };
  const rotation = {
    isDated,
    size: readOption(options.get('size'), parseSize),
    keep: readOption(options.get('keep'), parseKeep),
    link: readOption(options.get('link'), parseLink),
  };
  if (!isDated && rotation.size === undefined) {
    throw new Error(`${path} never changes: give it a size=, or a date such as %Y-%m-%d in its name`);
  }
  return { path, rotation };
}

function readOption<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

function parseSize(text: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,8})([KMG]?)$/i.exec(text) ?? [];
  if (count === undefined) throw new Error(`size= takes a number of bytes, or one with K, M or G, not "${text}"`);
  return Number(count) * units[unit.toUpperCase()]!;
}

function parseKeep(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`keep= takes the number of old files to keep, not "${text}"`);
}

function parseLink(text: string): string {
  if (/^[^/]+$/.test(text) && text !== '.' && text !== '..') return text;
  throw new Error(`link= takes a name in the folder of the log, not "${text}"`);
}
