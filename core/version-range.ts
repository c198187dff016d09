/** A version's numbers, and what stands behind its hyphen. */
interface Version {
  readonly numbers: Numbers;
  readonly prerelease: readonly string[];
}

type Numbers = readonly [major: number, minor: number, patch: number];

type Operator = '<' | '<=' | '=' | '>=' | '>';

interface Comparator {
  readonly operator: Operator;
  readonly version: Version;
}

/**
 * Whether a version is in a range as package.json has it: `^1.2`, `~1.2.3`, `>=1 <3`, `1.x`, `1.2 - 2.3`, `1 || 2`. As with
 * npm, prereleases are in it only where the range names one of the same three numbers.
 *
 * @throws {Error} where one of the two can't be read.
 * @example isInRange('1.4.0', '^1.2'); // true
 */
export function isInRange(version: string, range: string): boolean {
  const given = parseVersion(version);
  return parseRange(range).some((comparators) => holdsAll(given, comparators));
}

/** Whether a text can be read as a range. */
export function isRange(text: string): boolean {
  try {
    parseRange(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text can be read as a version. */
export function isVersion(text: string): boolean {
  return wholeVersion.test(text);
}

const suffix = String.raw`(?:-(?<prerelease>[\w.-]+))?(?:\+[\w.-]+)?`;
const wholeVersion = new RegExp(String.raw`^v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)${suffix}$`);
const partialVersion = new RegExp(
  String.raw`^v?(?<major>\d+|[xX*])(?:\.(?<minor>\d+|[xX*])(?:\.(?<patch>\d+|[xX*])${suffix})?)?$`,
);

function parseVersion(text: string): Version {
  const { major, minor, patch, prerelease } = wholeVersion.exec(text.trim())?.groups ?? {};
  if (major === undefined) throw new Error(`"${text}" is no version; expected one like 1.2.3`);
  return { numbers: [Number(major), Number(minor), Number(patch)], prerelease: prerelease?.split('.') ?? [] };
}

/** The alternatives, each as comparators that are all meant. */
function parseRange(range: string): readonly (readonly Comparator[])[] {
  return range.split('||').map((part) => parseComparators(part.trim(), range));
}

function parseComparators(text: string, range: string): readonly Comparator[] {
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    return [...comparatorsOf('>=', from, range), ...comparatorsOf('<=', to, range)];
  }
  const words = text.replace(/(?<=[<>=~^])\s+/g, '').split(/\s+/);
  return words.flatMap((word) => {
    const [, sign = '', partial = ''] = /^([<>]=?|[=~^])?(.*)$/.exec(word) ?? [];
    return comparatorsOf(sign, partial === '' ? '*' : partial, range);
  });
}

/** What a sign before a version, which may lack its last numbers, stands for. */
function comparatorsOf(sign: string, partial: string, range: string): readonly Comparator[] {
  const groups = partialVersion.exec(partial)?.groups;
  if (groups === undefined) throw new Error(`"${range}" is no range of versions; expected one like ^1.2 or >=1 <3`);
  const given = [groups['major'], groups['minor'], groups['patch']];
  const missing = given.findIndex((number) => number === undefined || /[xX*]/.test(number));
  const known = missing === -1 ? 3 : missing;
  const numbers = given.map((number, at) => (at < known ? Number(number) : 0)) as unknown as Numbers;
  const lowest: Version = { numbers, prerelease: known === 3 ? (groups['prerelease']?.split('.') ?? []) : [] };
  if (known === 0) return sign === '<' || sign === '>' ? [below([0, 0, 0])] : [];
  switch (sign) {
    case '^':
      return [{ operator: '>=', version: lowest }, below(nextAt(numbers, caretPlace(numbers, known)))];
    case '~':
      return [{ operator: '>=', version: lowest }, below(nextAt(numbers, Math.min(known - 1, 1)))];
    case '>':
      if (known === 3) return [{ operator: '>', version: lowest }];
      return [{ operator: '>=', version: { numbers: nextAt(numbers, known - 1), prerelease: [] } }];
    case '>=':
      return [{ operator: '>=', version: lowest }];
    case '<':
      return known === 3 ? [{ operator: '<', version: lowest }] : [below(numbers)];
    case '<=':
      return known === 3 ? [{ operator: '<=', version: lowest }] : [below(nextAt(numbers, known - 1))];
    default:
      if (known === 3) return [{ operator: '=', version: lowest }];
      return [{ operator: '>=', version: lowest }, below(nextAt(numbers, known - 1))];
  }
}

/** The number that a caret keeps: the first one that isn't 0, of those that were given. */
function caretPlace(numbers: Numbers, known: number): number {
  const place = numbers.findIndex((number) => number > 0);
  return place === -1 ? known - 1 : place;
}

function nextAt(numbers: Numbers, place: number): Numbers {
  return numbers.map((number, at) => (at < place ? number : at === place ? number + 1 : 0)) as unknown as Numbers;
}

/** Below a version and below all its prereleases. */
function below(numbers: Numbers): Comparator {
  return { operator: '<', version: { numbers, prerelease: ['0'] } };
}

function holdsAll(version: Version, comparators: readonly Comparator[]): boolean {
  if (!comparators.every(({ operator, version: bound }) => holds[operator](compare(version, bound)))) return false;
  return (
    version.prerelease.length === 0 ||
    comparators.some(({ version: { numbers, prerelease } }) => {
      return prerelease.length > 0 && compareNumbers(numbers, version.numbers) === 0;
    })
  );
}

const holds: Readonly<Record<Operator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};

function compare(a: Version, b: Version): number {
  return compareNumbers(a.numbers, b.numbers) || comparePrereleases(a.prerelease, b.prerelease);
}

function compareNumbers(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Semantic Versioning 2.0.0, item 11: numbers before words, and none at all after everything. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === undefined) return 1;
    if (left !== right) return compareIdentifiers(left, right);
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const isNumber = /^\d+$/;
  if (isNumber.test(a) && isNumber.test(b)) return Number(a) - Number(b);
  if (isNumber.test(a) !== isNumber.test(b)) return isNumber.test(a) ? -1 : 1;
  return a < b ? -1 : 1;
}
