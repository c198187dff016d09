import type { ExpressionParser } from '../../core/expression/expression-parser.ts';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import { substituteGroups } from '../substitute-groups.ts';

/** One line of SetEnvIf or its kin. */
export interface VariableRule {
  /** Not in a section: it is asked as soon as the request's head has been read. */
  readonly atServer: boolean;
  /** The groups of the match, if there is one. */
  match(r: RequestRecord): Evaluated<Groups | undefined>;
  readonly changes: readonly VariableChange[];
}

type Groups = readonly (string | undefined)[];

interface VariableChange {
  readonly name: string;
  /** May have `$1` in it; undefined removes the variable. */
  readonly value: string | undefined;
}

/** What SetEnvIf can look at besides headers and variables. */
const attributes: ReadonlyMap<string, (r: RequestRecord) => string> = new Map([
  ['remote_addr', (r) => r.clientIp],
  ['remote_host', (r) => r.clientIp],
  ['server_addr', (r) => r.connection.localIp],
  ['request_method', (r) => r.method],
  ['request_protocol', (r) => r.protocol],
  ['request_uri', (r) => r.uri],
]);

/** Looks at an attribute, a header or a variable. Throws RegularExpressionError. */
export function matchAttribute(attribute: string, pattern: string, ignoreCase: boolean): VariableRule['match'] {
  const flags = ignoreCase ? 'i' : '';
  const expression = compileRegularExpression(pattern, flags);
  const read =
    attributes.get(attribute.toLowerCase()) ??
    (/^[\w-]*$/.test(attribute) ? byName(attribute) : byPattern(attribute, flags));
  return (r) => expression.exec(read(r)) ?? undefined;
}

/** Asks a condition; its last match gives the groups. Throws ExpressionError. */
export function matchExpression(text: string, site: ExpressionParser): VariableRule['match'] {
  const condition = site.parseCondition(text);
  return (r) => {
    const match: { groups: Groups | undefined } = { groups: undefined };
    return whenReady(condition.evaluate(r, match), (holds) => (holds ? (match.groups ?? []) : undefined));
  };
}

/** Reads `NAME`, `NAME=value` and `!NAME`. Throws an Error for a name that is empty. */
export function parseChange(word: string): VariableChange {
  const [, not, name = '', value = '1'] = /^(!?)([^=]*)(?:=(.+)?)?$/s.exec(word)!;
  if (name === '') throw new Error(`expected NAME, NAME=value or !NAME, not "${word}"`);
  return { name, value: not === '!' ? undefined : value };
}

/** Obeys those rules that `isDue` picks, in order: a later one sees what an earlier one has set. */
export function applyRules(
  r: RequestRecord,
  rules: readonly VariableRule[],
  isDue: (rule: VariableRule) => boolean,
  from = 0,
): void | Promise<void> {
  for (let at = from; at < rules.length; at++) {
    const rule = rules[at]!;
    if (!isDue(rule)) continue;
    const groups = rule.match(r);
    if (isThenable(groups)) {
      return groups.then((found) => {
        change(r, rule, found);
        return applyRules(r, rules, isDue, at + 1);
      });
    }
    change(r, rule, groups);
  }
}

function change(r: RequestRecord, { changes }: VariableRule, groups: Groups | undefined): void {
  if (groups === undefined) return;
  for (const { name, value } of changes) {
    if (value === undefined) r.env.delete(name);
    else r.env.set(name, substituteGroups(value, groups));
  }
}

/** A header, else a variable that is set already; absent is empty, so that `^$` matches. */
function byName(name: string): (r: RequestRecord) => string {
  return (r) => r.headersIn.get(name) ?? (r.hasEnv ? r.env.get(name) : undefined) ?? '';
}

/** The last header whose name matches, as in Apache. */
function byPattern(pattern: string, flags: string): (r: RequestRecord) => string {
  const expression = compileRegularExpression(pattern, flags);
  return (r) => {
    let found = '';
    for (const [name, value] of r.headersIn) if (expression.test(name)) found = value;
    return found;
  };
}
