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
  const [first = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  const from = bases.find(([name]) => first !== '' && name.startsWith(first))?.[1];
  if (from === undefined)
    throw new Error(
      `a lifetime begins with access, now or modification, or is A or M and seconds, but "${text}" was given`,
    );
  const words = rest[0] !== undefined && 'plus'.startsWith(rest[0]) ? rest.slice(1) : rest;
  let total = 0;
  for (let at = 0; at < words.length; at += 2) total += secondsOf(words[at]!, words[at + 1], text);
  if (total > longest) throw new Error(`"${text}" is more than the ${longest} seconds that caches can count`);
  return { from, seconds: total };
}

/** RFC 9111 §1.2.2. */
const longest = 2 ** 31;

const bases: readonly (readonly [name: string, from: Lifetime['from']])[] = [
  ['access', 'access'],
  ['now', 'access'],
  ['modification', 'modification'],
];

/** With the letters that tell a unit from the others; a month has 30 days and a year 365, as in Apache. */
const units: readonly (readonly [name: string, shortest: number, seconds: number])[] = [
  ['year', 1, 31_536_000],
  ['month', 2, 2_592_000],
  ['week', 1, 604_800],
  ['day', 1, 86_400],
  ['hour', 1, 3_600],
  ['minute', 2, 60],
  ['second', 1, 1],
];

function secondsOf(count: string, unit: string | undefined, text: string): number {
  if (!/^\d{1,9}$/.test(count)) throw new Error(`expected a number where "${text}" has "${count}"`);
  if (unit === undefined)
    throw new Error(`expected years, months, weeks, days, hours, minutes or seconds behind ${count} in "${text}"`);
  const singular = unit.replace(/(?<=..)s$/, '');
  const found = units.find(([name, shortest]) => singular.length >= shortest && name.startsWith(singular));
  if (found !== undefined) return Number(count) * found[2];
  throw new Error(`expected years, months, weeks, days, hours, minutes or seconds, not "${unit}" in "${text}"`);
}
