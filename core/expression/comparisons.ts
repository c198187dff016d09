/** The comparisons, by Apache's names: signs compare text, letters compare integers. */
export const comparisons: ReadonlyMap<string, (left: string, right: string) => boolean> = new Map([
  ['==', (left, right) => left === right],
  ['!=', (left, right) => left !== right],
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
  // Not by ===: small integers are numbers, large ones bigints.
  ['eq', (left, right) => !(integer(left) < integer(right) || integer(left) > integer(right))],
  ['ne', (left, right) => integer(left) < integer(right) || integer(left) > integer(right)],
  ['lt', (left, right) => integer(left) < integer(right)],
  ['le', (left, right) => integer(left) <= integer(right)],
  ['gt', (left, right) => integer(left) > integer(right)],
  ['ge', (left, right) => integer(left) >= integer(right)],
]);

const longestExactNumber = 15;

/** The integer that a text starts with, else 0; as C's strtoll, it stops at 64 bits. */
function integer(text: string): number | bigint {
  const [digits = '0'] = /(?<=^\s*)[+-]?\d+/.exec(text) ?? [];
  if (digits.length <= longestExactNumber) return Number(digits);
  const value = BigInt(digits.replace('+', ''));
  if (value > largest) return largest;
  return value < -largest - 1n ? -largest - 1n : value;
}

const largest = 2n ** 63n - 1n;
