import type { RewriteMap } from './rewrite-map.ts';
import type { RewriteCondition } from './rewrite-condition.ts';
import type { RewriteRule } from './rewrite-rule.ts';

/** The words of RewriteOptions, in lower case. */
export type RewriteOption =
  | 'inherit'
  | 'inheritbefore'
  | 'inheritdown'
  | 'inheritdownbefore'
  | 'ignoreinherit'
  | 'allownoslash'
  | 'allowanyuri'
  | 'mergebase'
  | 'ignorecontextinfo'
  | 'legacyprefixdocroot'
  | 'longurloptimization';

/** What the lines of one place say, and what they have inherited. */
export interface RuleSet {
  /** RewriteEngine; undefined where no line says it. */
  readonly engine: boolean | undefined;
  /** RewriteOptions; undefined where no line says it. */
  readonly options: ReadonlySet<RewriteOption> | undefined;
  /** RewriteBase. */
  readonly base: string | undefined;
  /** Where the rules stand: the folder with a slash at its end; undefined at server level. */
  readonly prefix: string | undefined;
  /** The lines stand in a virtual host. */
  readonly isVirtual: boolean;
  readonly rules: readonly RewriteRule[];
  /** Conditions that wait for their rule. */
  readonly waiting: readonly RewriteCondition[];
  readonly maps: ReadonlyMap<string, RewriteMap>;
}

/** The rules in force: those of the server, which map URLs, and those of the folder, which map what was found. */
export interface RewriteConfig {
  /** Undefined for the lines of a section. */
  readonly server: RuleSet | undefined;
  readonly folder: RuleSet | undefined;
}

export const emptyRuleSet: RuleSet = Object.freeze({
  engine: undefined,
  options: undefined,
  base: undefined,
  prefix: undefined,
  isVirtual: false,
  rules: [],
  waiting: [],
  maps: new Map(),
});

/** A further line of the same place. */
export function addLine(earlier: RewriteConfig, later: RewriteConfig): RewriteConfig {
  return { server: add(earlier.server, later.server), folder: add(earlier.folder, later.folder) };
}

/** An inner section, or a virtual host, over what is around it. */
export function inherit(outer: RewriteConfig, inner: RewriteConfig): RewriteConfig {
  return {
    server: laidOver(outer.server, inner.server, inheritServer),
    folder: laidOver(outer.folder, inner.folder, inheritFolder),
  };
}

function laidOver(
  outer: RuleSet | undefined,
  inner: RuleSet | undefined,
  merge: (outer: RuleSet, inner: RuleSet) => RuleSet,
): RuleSet | undefined {
  return outer === undefined || inner === undefined ? (inner ?? outer) : merge(outer, inner);
}

/** Conditions go to the next rule, whatever stands in between. */
function add(earlier: RuleSet | undefined, later: RuleSet | undefined): RuleSet | undefined {
  if (earlier === undefined || later === undefined) return later ?? earlier;
  const [rule] = later.rules;
  const conditions = [...earlier.waiting, ...later.waiting];
  return {
    ...later,
    engine: later.engine ?? earlier.engine,
    options: joined(earlier.options, later.options),
    base: later.base ?? earlier.base,
    rules: rule === undefined ? earlier.rules : [...earlier.rules, { ...rule, conditions }],
    waiting: rule === undefined ? conditions : [],
    maps: new Map([...earlier.maps, ...later.maps]),
  };
}

function joined<T>(earlier: ReadonlySet<T> | undefined, later: ReadonlySet<T> | undefined): ReadonlySet<T> | undefined {
  return earlier === undefined || later === undefined ? (later ?? earlier) : new Set([...earlier, ...later]);
}

function inheritServer(outer: RuleSet, inner: RuleSet): RuleSet {
  const rules = inheritRules(outer, inner);
  if (rules === inner.rules) return { ...inner, ...state(outer, inner) };
  return { ...inner, ...state(outer, inner), rules, maps: new Map([...outer.maps, ...inner.maps]) };
}

function inheritFolder(outer: RuleSet, inner: RuleSet): RuleSet {
  const { engine, options } = state(outer, inner);
  const base = options?.has('mergebase') === true ? (inner.base ?? outer.base) : inner.base;
  return { ...inner, engine, options, base, rules: inheritRules(outer, inner) };
}

function state(outer: RuleSet, inner: RuleSet): Pick<RuleSet, 'engine' | 'options'> {
  return { engine: inner.engine ?? outer.engine, options: inner.options ?? outer.options };
}

/** Without a word of RewriteOptions, rules aren't inherited. */
function inheritRules(outer: RuleSet, inner: RuleSet): readonly RewriteRule[] {
  const options = inner.options ?? outer.options;
  const isAsked = (own: RewriteOption, fromOutside: RewriteOption): boolean =>
    options?.has(own) === true || (outer.options?.has(fromOutside) === true && options?.has('ignoreinherit') !== true);
  if (isAsked('inherit', 'inheritdown')) return [...inner.rules, ...outer.rules];
  if (isAsked('inheritbefore', 'inheritdownbefore')) return [...outer.rules, ...inner.rules];
  return inner.rules;
}
