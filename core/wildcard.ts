/** How a wildcard pattern is read. */
export interface WildcardOptions {
  /** `*`, `?` and `[…]` stop at slashes, as in Directory sections and `-fnmatch`. */
  readonly pathname?: boolean;
  /** Letters match in either case. */
  readonly ignoreCase?: boolean;
}

/**
 * Compiles a shell-like pattern as Apache's fnmatch reads it: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before a character
 * that means itself. Every text is a pattern: a `[` without its `]` is a plain character.
 *
 * @example
 * const isNote = compileWildcard('*.txt', { ignoreCase: true });
 * isNote('Read Me.TXT'); // true
 */
export function compileWildcard(pattern: string, options: WildcardOptions = {}): (text: string) => boolean {
  const { pathname = false, ignoreCase = false } = options;
  const steps = readSteps(ignoreCase ? pattern.toLowerCase() : pattern, pathname);
  return (text) => matches(steps, ignoreCase ? text.toLowerCase() : text, pathname);
}

/** Tells a pattern from a plain text: true where `compileWildcard` would find a `*`, `?` or `[…]`. */
export function hasWildcard(pattern: string): boolean {
  return readSteps(pattern, false).some((step) => typeof step !== 'number' || step < 0);
}

/** A character code, `anyOne`, `anyRun`, or a set. */
type Step = number | CharacterSet;

interface CharacterSet {
  readonly negated: boolean;
  /** First and last code of each range in turns. */
  readonly ranges: readonly number[];
}

const anyOne = -1;
const anyRun = -2;
const slash = 0x2f;

function readSteps(pattern: string, pathname: boolean): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '*') {
      if (steps.at(-1) !== anyRun) steps.push(anyRun);
    } else if (character === '?') {
      steps.push(anyOne);
    } else if (character === '[') {
      const set = readSet(pattern, at, pathname);
      steps.push(set ?? pattern.charCodeAt(at));
      if (set !== undefined) at = set.end;
    } else {
      if (character === '\\' && at + 1 < pattern.length) at++;
      steps.push(pattern.charCodeAt(at));
    }
  }
  return steps;
}

function readSet(pattern: string, start: number, pathname: boolean): (CharacterSet & { end: number }) | undefined {
  let at = start + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at++;
  const first = at;
  const ranges: number[] = [];
  for (; at < pattern.length; at++) {
    if (pattern[at] === ']' && at > first) return { negated, ranges, end: at };
    if (pattern[at] === '\\') at++;
    if (pathname && pattern[at] === '/') return undefined;
    const low = pattern.charCodeAt(at);
    let high = low;
    if (pattern[at + 1] === '-' && at + 2 < pattern.length && pattern[at + 2] !== ']') {
      at += pattern[at + 2] === '\\' ? 3 : 2;
      high = pattern.charCodeAt(at);
    }
    ranges.push(low, high);
  }
  return undefined;
}

/** Only the last `*` is ever widened: an earlier one could win nothing by it, and the time stays length × length. */
function matches(steps: readonly Step[], text: string, pathname: boolean): boolean {
  let step = 0;
  let at = 0;
  let runStep = -1;
  let runEnd = 0;
  while (at < text.length) {
    if (steps[step] === anyRun) {
      runStep = step++;
      runEnd = at;
    } else if (step < steps.length && matchesOne(steps[step]!, text.charCodeAt(at), pathname)) {
      step++;
      at++;
    } else {
      if (runStep < 0 || (pathname && text.charCodeAt(runEnd) === slash)) return false;
      step = runStep + 1;
      at = ++runEnd;
    }
  }
  if (steps[step] === anyRun) step++;
  return step === steps.length;
}

function matchesOne(step: Step, code: number, pathname: boolean): boolean {
  if (step === code) return true;
  if (pathname && code === slash) return false;
  if (typeof step === 'number') return step === anyOne;
  let found = false;
  for (let at = 0; at < step.ranges.length && !found; at += 2) {
    found = code >= step.ranges[at]! && code <= step.ranges[at + 1]!;
  }
  return found !== step.negated;
}
