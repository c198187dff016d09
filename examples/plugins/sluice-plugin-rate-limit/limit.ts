import type { DirectiveSite } from 'sluice';
import { type ClientKey, parseClientKey } from './client-key.ts';

/** One line of the config. Times are in microseconds, so that all sums are whole numbers. */
export interface Limit {
  /** Lines with the same one count together. */
  readonly id: string;
  /** As the config says it, for the headers. */
  readonly rate: string;
  readonly count: number;
  readonly window: number;
  /** The time in which one more request becomes free. */
  readonly spacing: number;
  readonly clientKey: ClientKey;
}

/** The limits of a section, by when they can be enforced. */
export interface Limits {
  readonly early: readonly Limit[];
  readonly late: readonly Limit[];
}

export const noLimits: Limits = { early: [], late: [] };

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Reads the words of a RateLimit line. */
export function parseLimit(words: readonly string[], site: DirectiveSite): Limits {
  const [rate = '', key = 'address', name = placeOf(site)] = words;
  if (rate.toLowerCase() === 'off' && words.length === 1) return noLimits;
  const { count, time, unit } =
    /^(?<count>[1-9]\d{0,5})\/(?<time>[1-9]\d{0,3})?(?<unit>[smhd])$/.exec(rate)?.groups ?? {};
  if (count === undefined) {
    return site.fail(`RateLimit takes a rate such as 100/1m or 5/s, or Off, not "${rate}"`);
  }
  const clientKey = parseClientKey(key);
  if (clientKey === undefined) {
    return site.fail(`RateLimit tells clients apart by address, user or header:NAME, not by "${key}"`);
  }
  const window = Number(time ?? 1) * units[unit!]! * 1_000_000;
  const spacing = Math.floor(window / Number(count));
  const limit = { id: `${name} ${rate}`, rate, count: Number(count), window, spacing, clientKey };
  return clientKey.needsUser ? { early: [], late: [limit] } : { early: [limit], late: [] };
}

/** Lines without a name count for themselves, wherever they stand. */
function placeOf({ file, line, section }: DirectiveSite): string {
  return [`${file}:${line}`, section?.name, ...(section?.args ?? [])].filter((word) => word !== undefined).join(' ');
}
