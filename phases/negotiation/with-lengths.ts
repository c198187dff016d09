import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MapVariant } from './type-map.ts';

/** Adds the lengths of the files where the type map `file` doesn't say them; a file is looked at when its length is asked for. */
export function withLengths(variants: readonly MapVariant[], file: string): readonly MapVariant[] {
  const folder = dirname(file);
  return variants.map((variant) =>
    variant.length >= 0
      ? variant
      : {
          ...variant,
          get length() {
            return lengthOf(join(folder, variant.name));
          },
        },
  );
}

function lengthOf(path: string): number {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true ? stats.size : -1;
  } catch {
    // A name that no file can have.
    return -1;
  }
}
