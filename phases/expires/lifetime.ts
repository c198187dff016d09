import { parseDuration } from '../duration.ts';

/** How long an answer stays fresh. */
export interface Lifetime {
  /** When the time begins: as the request comes in, or with the last change of the file. */
  readonly from: 'access' | 'modification';
  readonly seconds: number;
}

/**
 * Reads Apache's two forms: `A3600`, `M-60`, and `access plus 1 month 2 days`. Throws an Error for anything else.
 *
 * @example parseLifetime('modification plus 1 week'); // { from: 'modification', seconds: 604800 }
 */
export function parseLifetime(text: string): Lifetime {
  const [, base, seconds] = /^([AM])([+-]?\d{1,9})$/.exec(text) ?? [];
  if (seconds !== undefined) return { from: base === 'A' ? 'access' : 'modification', seconds: Number(seconds) };
  const [, first = '', duration = ''] = /^\s*(\S*)(.*)$/s.exec(text)!;
  const from = bases.find(([name]) => first !== '' && name.startsWith(first.toLowerCase()))?.[1];
  if (from !== undefined) return { from, seconds: parseDuration(duration) };
  throw new Error(
    `a lifetime begins with access, now or modification, or is A or M and seconds, but "${text}" was given`,
  );
}

const bases: readonly (readonly [name: string, from: Lifetime['from']])[] = [
  ['access', 'access'],
  ['now', 'access'],
  ['modification', 'modification'],
];
