import type { Stats } from 'node:fs';

/** `statSync` or `lstatSync`. */
export type StatFile = (path: string) => Stats;

/** Undefined for whatever keeps a file from being looked at: absent, no permission, a zero byte in its name. */
export function statOrNothing(statFile: StatFile, path: string): Stats | undefined {
  try {
    return statFile(path);
  } catch {
    return undefined;
  }
}
