import { parseDuration } from '../duration.ts';

/**
 * Makes the value of Strict-Transport-Security (RFC 6797 §6.1) of a time and the words includeSubDomains and preload.
 * Throws an Error for other words, and where a list of preloaded hosts would not take it.
 *
 * @example parseTransportSecurity(['1 year', 'includeSubDomains']); // max-age=31536000; includeSubDomains
 */
export function parseTransportSecurity([time = '', ...words]: readonly string[]): string {
  const seconds = /^\d{1,10}$/.test(time) ? Number(time) : parseDuration(time);
  const options = words.map((word) => {
    const option = known.find((name) => name.toLowerCase() === word.toLowerCase());
    if (option === undefined) throw new Error(`expected ${known.join(' or ')} behind the time, not "${word}"`);
    return option;
  });
  if (options.includes('preload') && (seconds < leastForPreload || !options.includes('includeSubDomains'))) {
    throw new Error('preload needs includeSubDomains and at least a year, or browsers will not take the host in');
  }
  return [`max-age=${seconds}`, ...known.filter((option) => options.includes(option))].join('; ');
}

const known = ['includeSubDomains', 'preload'] as const;

/** By the rules of hstspreload.org, which all browsers use. */
const leastForPreload = 31_536_000;
