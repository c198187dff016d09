import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../../core/thrown.ts';
import type { RewriteMap } from './rewrite-map.ts';

/**
 * A file of keys and values, `key value` on each line; read again when it changes. Of a `rnd:` map's value, one of the
 * parts between vertical bars is taken.
 */
export function textMap(path: string, isRandom: boolean): RewriteMap {
  let stamp = '';
  let entries: ReadonlyMap<string, string> = new Map();
  return {
    look(key, r) {
      try {
        const { mtimeMs, size, ino } = statSync(path);
        const now = `${mtimeMs} ${size} ${ino}`;
        if (now !== stamp) {
          entries = readEntries(readFileSync(path, 'utf8'));
          stamp = now;
        }
      } catch (error) {
        r.log(`the map ${path} can't be read: ${messageOf(error)}`, 'error', 'rewrite');
        return undefined;
      }
      const value = entries.get(key);
      return isRandom && value !== undefined ? oneOf(value.split('|')) : value;
    },
  };
}

/** Of two lines with the same key the first counts; lines that begin with a blank or `#` are remarks. */
function readEntries(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const [, key, value] of text.matchAll(/^([^\s#]\S*)[^\S\n]+(\S+)/gm)) {
    if (!entries.has(key!)) entries.set(key!, value!);
  }
  return entries;
}

function oneOf(values: readonly string[]): string | undefined {
  return values[Math.floor(Math.random() * values.length)] || undefined;
}
