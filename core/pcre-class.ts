/**
 * Rewrites the PCRE character class that starts at `start` for JavaScript; gives the fault where it can't.
 * PCRE has named sets, takes a `]` in first place for itself, and folds case for ASCII letters only.
 */
export function readCharacterClass(
  pattern: string,
  start: number,
  ignoreCase: boolean,
): { source: string; end: number } | string {
  let at = start + 1;
  let source = '[';
  if (pattern[at] === '^') source += pattern[at++];
  const first = at;
  while (at < pattern.length) {
    if (pattern[at] === ']' && at > first) return { source: `${source}]`, end: at + 1 };
    const low = readMember(pattern, at, ignoreCase);
    if (typeof low === 'string') return low;
    at = low.end;
    if (low.code === undefined) {
      source += low.source;
      continue;
    }
    const high = pattern[at] === '-' && pattern[at + 1] !== ']' ? readMember(pattern, at + 1, ignoreCase) : undefined;
    if (typeof high === 'string') return high;
    const last = high?.code ?? low.code;
    if (last < low.code) return `the range ${pattern.slice(low.start, high?.end)} is out of order`;
    if (high?.code !== undefined) at = high.end;
    source += range(low.code, last);
    if (ignoreCase) source += otherCase(low.code, last);
  }
  return 'missing ] after [';
}

interface Member {
  readonly start: number;
  readonly end: number;
  /** The one character it stands for; a set has `source` instead. */
  readonly code?: number;
  readonly source?: string;
}

const namedSets: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a-zA-Z'],
  ['digit', '0-9'],
  ['alnum', 'a-zA-Z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', '\\t-\\r '],
  ['blank', '\\t '],
  ['punct', '!-\\/:-@\\[-`{-~'],
  ['xdigit', '0-9A-Fa-f'],
  ['word', '\\w'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['graph', '!-~'],
  ['print', ' -~'],
]);

const escapedSets: ReadonlyMap<string, string> = new Map([
  ...Array.from('dDsSwW', (letter) => [letter, `\\${letter}`] as const),
  ['h', '\\t \\xa0'],
  ['v', '\\n-\\r\\x85\\u2028\\u2029'],
]);

const escapedCharacters: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function readMember(pattern: string, start: number, ignoreCase: boolean): Member | string {
  const named = /^\[:(\w+):\]/.exec(pattern.slice(start, start + 12));
  if (named !== null) {
    const name = named[1]!;
    const source = namedSets.get(ignoreCase && /^(?:upper|lower)$/.test(name) ? 'alpha' : name);
    return source === undefined ? `unknown set ${named[0]}` : { start, end: start + named[0].length, source };
  }
  if (pattern[start] !== '\\') return { start, end: start + 1, code: pattern.charCodeAt(start) };
  const coded = /^\\(?:x\{([\da-fA-F]{1,4})\}|x([\da-fA-F]{0,2})|([0-7]{1,3}))/.exec(pattern.slice(start, start + 8));
  if (coded !== null) {
    const hexadecimal = coded[1] ?? coded[2];
    const code = hexadecimal === undefined ? Number.parseInt(coded[3]!, 8) : Number.parseInt(hexadecimal || '0', 16);
    return { start, end: start + coded[0].length, code };
  }
  const letter = pattern[start + 1];
  if (letter === undefined) return '\\ at the end';
  const set = escapedSets.get(letter);
  if (set !== undefined) return { start, end: start + 2, source: set };
  const character = escapedCharacters.get(letter) ?? (/[a-z]/i.test(letter) ? undefined : letter);
  if (character === undefined) return `\\${letter} is not supported inside [ ]`;
  return { start, end: start + 2, code: character.charCodeAt(0) };
}

function range(low: number, high: number): string {
  return low === high ? codeUnit(low) : `${codeUnit(low)}-${codeUnit(high)}`;
}

function otherCase(low: number, high: number): string {
  return foldInto(low, high, 0x41, 0x20) + foldInto(low, high, 0x61, -0x20);
}

/** The part of low…high among the 26 letters from `letterA`, moved to the other case. */
function foldInto(low: number, high: number, letterA: number, distance: number): string {
  const from = Math.max(low, letterA);
  const to = Math.min(high, letterA + 25);
  return from <= to ? range(from + distance, to + distance) : '';
}

function codeUnit(code: number): string {
  const character = String.fromCharCode(code);
  return /[\w /.:;,]/.test(character) ? character : `\\u${code.toString(16).padStart(4, '0')}`;
}
