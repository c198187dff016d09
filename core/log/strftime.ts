const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A date in local time as text. */
export type DateFormat = (date: Date) => string;

/**
 * Compiles a format of C's strftime in the C locale. Throws for an item that there isn't; `%Z` is one, because Node
 * doesn't know the names of time zones that C gives.
 *
 * @example compileStrftime('%d/%b/%Y:%H:%M:%S %z')(new Date()); // 21/Nov/2026:09:30:56 +0000
 */
export function compileStrftime(format: string): DateFormat {
  const parts = [...format.matchAll(/%(.?)|[^%]+/gsu)].map(([text, item]) =>
    item === undefined ? text : find(item, text),
  );
  return (date) => {
    let result = '';
    for (const part of parts) result += typeof part === 'string' ? part : part(date);
    return result;
  };
}

function find(item: string, text: string): DateFormat {
  const found = items.get(item);
  if (found !== undefined) return found;
  throw new Error(`there is no time item ${text}; known are %${[...items.keys()].join(' %')}`);
}

const items: ReadonlyMap<string, DateFormat> = new Map<string, DateFormat>([
  ['a', (date) => days[date.getDay()]!.slice(0, 3)],
  ['A', (date) => days[date.getDay()]!],
  ['b', (date) => months[date.getMonth()]!.slice(0, 3)],
  ['B', (date) => months[date.getMonth()]!],
  ['c', shorthand('%a %b %e %H:%M:%S %Y')],
  ['C', (date) => padded(Math.floor(date.getFullYear() / 100))],
  ['d', (date) => padded(date.getDate())],
  ['D', shorthand('%m/%d/%y')],
  ['e', (date) => padded(date.getDate(), 2, ' ')],
  ['F', shorthand('%Y-%m-%d')],
  ['g', (date) => padded(isoWeek(date).year % 100)],
  ['G', (date) => String(isoWeek(date).year)],
  ['h', shorthand('%b')],
  ['H', (date) => padded(date.getHours())],
  ['I', (date) => padded(date.getHours() % 12 || 12)],
  ['j', (date) => padded(dayOfYear(date) + 1, 3)],
  ['m', (date) => padded(date.getMonth() + 1)],
  ['M', (date) => padded(date.getMinutes())],
  ['n', () => '\n'],
  ['p', (date) => (date.getHours() < 12 ? 'AM' : 'PM')],
  ['r', shorthand('%I:%M:%S %p')],
  ['R', shorthand('%H:%M')],
  ['s', (date) => String(Math.floor(date.getTime() / 1000))],
  ['S', (date) => padded(date.getSeconds())],
  ['t', () => '\t'],
  ['T', shorthand('%H:%M:%S')],
  ['u', (date) => String(date.getDay() || 7)],
  ['U', (date) => padded(Math.floor((dayOfYear(date) + 7 - date.getDay()) / 7))],
  ['V', (date) => padded(isoWeek(date).week)],
  ['w', (date) => String(date.getDay())],
  ['W', (date) => padded(Math.floor((dayOfYear(date) + 7 - ((date.getDay() + 6) % 7)) / 7))],
  ['x', shorthand('%m/%d/%y')],
  ['X', shorthand('%H:%M:%S')],
  ['y', (date) => padded(date.getFullYear() % 100)],
  ['Y', (date) => String(date.getFullYear())],
  ['z', (date) => zone(-date.getTimezoneOffset())],
  ['%', () => '%'],
]);

/** Compiled when first needed: it is made of other items of the table. */
function shorthand(format: string): DateFormat {
  let compiled: DateFormat | undefined;
  return (date) => (compiled ??= compileStrftime(format))(date);
}

function padded(value: number, length = 2, filler = '0'): string {
  return String(value).padStart(length, filler);
}

function zone(minutes: number): string {
  const distance = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(distance / 60))}${padded(distance % 60)}`;
}

/** From 0; counted in UTC, where all days have 24 hours. */
function dayOfYear(date: Date): number {
  const year = date.getFullYear();
  return (Date.UTC(year, date.getMonth(), date.getDate()) - Date.UTC(year, 0, 1)) / 86_400_000;
}

/** ISO 8601: a week belongs to the year that has its Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getFullYear(), date.getMonth(), date.getDate() - ((date.getDay() + 6) % 7) + 3);
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}
