/** @typedef {{ median: number, min: number, max: number }} Spread */

/**
 * The middle value; of an even number the mean of the middle two.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * @param {readonly number[]} values
 * @returns {Spread | undefined} Undefined where there are none.
 */
export function spread(values) {
  if (values.length === 0) return undefined;
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** @typedef {import('./load.mjs').Sample} Sample */

/**
 * @typedef {object} Summary
 * @property {Spread | undefined} requestsPerSecond
 * @property {Spread | undefined} ratio Beside the measure in the same round.
 * @property {number | undefined} p99
 * @property {number | undefined} processor Microseconds per request.
 * @property {number | undefined} memory Megabytes behind the last round.
 * @property {number} badStatus
 * @property {number} socketErrors
 */

/**
 * Sums up a contender's rounds.
 *
 * @param {readonly (Sample | undefined)[]} rounds Undefined where the contender had failed.
 * @param {readonly (Sample | undefined)[]} measure The rounds of bare node:http.
 * @returns {Summary}
 */
export function summarise(rounds, measure) {
  const samples = rounds.filter((sample) => sample !== undefined);
  const ratios = rounds.flatMap((sample, round) => {
    const against = measure[round]?.requestsPerSecond ?? 0;
    return sample === undefined || against === 0 ? [] : [sample.requestsPerSecond / against];
  });
  return {
    requestsPerSecond: spread(samples.map(({ requestsPerSecond }) => requestsPerSecond)),
    ratio: spread(ratios),
    p99: spread(samples.map(({ p99 }) => p99))?.median,
    processor: spread(samples.flatMap(({ processor = [] }) => processor))?.median,
    memory: samples.at(-1)?.memory,
    badStatus: sum(samples.map(({ badStatus }) => badStatus)),
    socketErrors: sum(samples.map(({ socketErrors }) => socketErrors)),
  };
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
