/**
 * Reads a time such as `1 month 2 days` or `plus 90 seconds`, as Apache writes them, in seconds; words may be cut short as
 * long as they can be told apart. Throws an Error for anything else, and for more than caches can count.
 *
 * @example parseDuration('plus 1 week 12 hours'); // 648000
 */
export function parseDuration(text: string): number {
  const [first, ...rest] = text.trim().toLowerCase().split(/\s+/);
  const words = first !== '' && 'plus'.startsWith(first!) ? rest : [first!, ...rest].filter((word) => word !== '');
  let total = 0;
  for (let at = 0; at < words.length; at += 2) total += secondsOf(words[at]!, words[at + 1], text);
  if (total > longest) throw new Error(`"${text}" is more than the ${longest} seconds that caches can count`);
  return total;
}

/** RFC 9111 §1.2.2. */
const longest = 2 ** 31;

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

const unitNames = 'years, months, weeks, days, hours, minutes or seconds';

function secondsOf(count: string, unit: string | undefined, text: string): number {
  if (!/^\d{1,9}$/.test(count)) {
    throw new Error(`expected a number where "${text}" has "${count}"; a time is such as "1 week 12 hours"`);
  }
  if (unit === undefined) throw new Error(`expected ${unitNames} behind ${count} in "${text}"`);
  const singular = unit.replace(/(?<=..)s$/, '');
  const found = units.find(([name, shortest]) => singular.length >= shortest && name.startsWith(singular));
  if (found !== undefined) return Number(count) * found[2];
  throw new Error(`expected ${unitNames}, not "${unit}" in "${text}"`);
}
