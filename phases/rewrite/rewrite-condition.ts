import { lstatSync, type Stats, statSync } from 'node:fs';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import { type StatFile, statOrNothing } from '../../core/expression/stat-or-nothing.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import { readRuleLine } from './rule-line.ts';
import type { RuleRun } from './rule-run.ts';
import { compileTemplate } from './template.ts';

/** One RewriteCond. */
export interface RewriteCondition {
  /** As it was written, for the trace. */
  readonly text: string;
  /** OR: one of this and the next is enough. */
  readonly orNext: boolean;
  /** NV: the headers it looks at aren't told to caches. */
  readonly noVary: boolean;
  holds(run: RuleRun): Evaluated<boolean>;
}

/** Decides about the expanded test string. */
type Test = (text: string, run: RuleRun) => Evaluated<boolean>;

const flagNames: ReadonlyMap<string, 'noCase' | 'orNext' | 'noVary'> = new Map([
  ['nc', 'noCase'],
  ['nocase', 'noCase'],
  ['or', 'orNext'],
  ['ornext', 'orNext'],
  ['nv', 'noVary'],
  ['novary', 'noVary'],
]);

/** Reads a RewriteCond line. Throws an Error, also through `site`. */
export function parseRewriteCondition(words: readonly string[], usage: string, site: DirectiveSite): RewriteCondition {
  const { first, second, flags } = readRuleLine(words, usage, site);
  const given = new Set(
    flags.map(([name]) => flagNames.get(name.toLowerCase()) ?? site.fail(`RewriteCond knows no flag "${name}"`)),
  );
  const written = { text: `${first} ${second}`, orNext: given.has('orNext'), noVary: given.has('noVary') };
  const isNegated = second.startsWith('!');
  const pattern = isNegated ? second.slice(1) : second;
  if (first.toLowerCase() === 'expr')
    return { ...written, holds: expressionTest(pattern, isNegated, written.noVary, site) };
  const test = compileTest(pattern, given.has('noCase'), isNegated);
  const template = compileTemplate(first);
  return {
    ...written,
    holds: (run) =>
      whenReady(template.read(run), (text) =>
        whenReady(test(text, run), (result) => {
          const holds = result !== isNegated;
          run.trace('trace4', `condition ${written.text} with "${text}": ${holds ? 'holds' : "doesn't hold"}`);
          return holds;
        }),
      ),
  };
}

function expressionTest(
  text: string,
  isNegated: boolean,
  noVary: boolean,
  site: DirectiveSite,
): RewriteCondition['holds'] {
  const condition = site.parseCondition(text, { vary: !noVary });
  return (run) => {
    const match = { groups: undefined as readonly (string | undefined)[] | undefined };
    return whenReady(condition.evaluate(run.r, match), (result) => {
      if (result && !isNegated) run.conditionGroups = match.groups;
      run.trace('trace4', `condition expr ${text}: ${result === isNegated ? "doesn't hold" : 'holds'}`);
      return result !== isNegated;
    });
  };
}

function compileTest(pattern: string, ignoreCase: boolean, isNegated: boolean): Test {
  const known = fileTests.get(pattern);
  if (known !== undefined) return known;
  const number = /^-(?<operator>lt|le|gt|ge|eq|ne)(?<operand>.+)$/s.exec(pattern)?.groups;
  if (number !== undefined) {
    const compare = comparisons[number['operator'] as keyof typeof comparisons];
    const operand = leadingInteger(number['operand']!);
    return (text) => compare(leadingInteger(text) - operand);
  }
  const text = /^(?<operator>[<>]=?|=)(?<operand>.*)$/s.exec(pattern)?.groups;
  if (text !== undefined && pattern.length > 1) {
    const compare = comparisons[textOperators[text['operator']!]!];
    const operand = text['operand'] === '""' && text['operator'] === '=' ? '' : text['operand']!;
    return (given) => compare(order(given, operand, ignoreCase));
  }
  return expressionMatch(pattern, ignoreCase, isNegated);
}

function expressionMatch(pattern: string, ignoreCase: boolean, isNegated: boolean): Test {
  const expression = compileRegularExpression(pattern, ignoreCase ? 'i' : '');
  return (text, run) => {
    const found = expression.exec(text);
    if (found !== null && !isNegated) run.conditionGroups = found;
    return found !== null;
  };
}

/** What the result of a comparison, below, above or equal to zero, must be. */
const comparisons = {
  lt: (result: number) => result < 0,
  le: (result: number) => result <= 0,
  gt: (result: number) => result > 0,
  ge: (result: number) => result >= 0,
  eq: (result: number) => result === 0,
  ne: (result: number) => result !== 0,
} as const;

const textOperators: Readonly<Record<string, keyof typeof comparisons>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '=': 'eq',
};

const fileTests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['-d', fileTest(statSync, (found) => found.isDirectory())],
  ['-f', fileTest(statSync, (found) => found.isFile())],
  ['-s', fileTest(statSync, (found) => found.isFile() && found.size > 0)],
  ['-x', fileTest(statSync, (found) => (found.mode & 0o111) !== 0)],
  ['-h', fileTest(lstatSync, (found) => found.isSymbolicLink())],
  ['-l', fileTest(lstatSync, (found) => found.isSymbolicLink())],
  ['-L', fileTest(lstatSync, (found) => found.isSymbolicLink())],
  ['-F', lookUpTest((path, run) => run.r.lookupFile(path), 300)],
  ['-U', lookUpTest((path, run) => run.r.lookupUri(path), 400)],
]);

function fileTest(statFile: StatFile, test: (found: Stats) => boolean): Test {
  return (path) => {
    const found = statOrNothing(statFile, path);
    return found !== undefined && test(found);
  };
}

function lookUpTest(
  look: (path: string, run: RuleRun) => ReturnType<RuleRun['r']['lookupUri']>,
  firstRefusal: number,
): Test {
  return (path, run) => {
    // A condition that holds for its own subrequest would ask for ever.
    if (path === '' || run.r.main?.uri === run.r.uri) return false;
    return whenReady(look(path, run), ({ status, r }) => {
      run.trace('trace5', `a request for ${path} would be answered with ${status}`);
      if (status >= firstRefusal) return false;
      return firstRefusal === 400 || statOrNothing(statSync, r.filename ?? path) !== undefined;
    });
  };
}

/** As C's atoi: what doesn't begin with a number is 0. */
function leadingInteger(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

/** As Apache: the longer text is the greater one, but where letter case doesn't matter. */
function order(left: string, right: string, ignoreCase: boolean): number {
  const [a, b] = ignoreCase ? [left.toLowerCase(), right.toLowerCase()] : [left, right];
  if (!ignoreCase && a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
