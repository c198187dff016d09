import { type Evaluated, isPending, whenReady } from '../../core/expression/evaluated.ts';
import { applyRule } from './apply-rule.ts';
import { mayMatch } from './required-text.ts';
import type { RewriteCondition } from './rewrite-condition.ts';
import type { RewriteRule } from './rewrite-rule.ts';
import { RuleQueue } from './rule-queue.ts';
import type { RuleRun } from './rule-run.ts';

/** Applies rules, one after the other; what they have made of the request is in `run` afterwards. */
export function applyRules(run: RuleRun, rules: readonly RewriteRule[]): Evaluated<void> {
  return applyFrom(run, new RuleQueue(rules, run), 0);
}

function applyFrom(run: RuleRun, queue: RuleQueue, from: number): Evaluated<void> {
  const { rules } = queue;
  const isSubrequest = run.r.main !== undefined;
  for (let at = queue.from(from); at < rules.length;) {
    const rule = rules[at]!;
    const { flags } = rule;
    if (isSubrequest && (flags.noSubrequest || flags.redirect !== undefined)) {
      at = queue.next();
      continue;
    }
    const applied = tryRule(run, rule);
    if (isPending(applied)) return applied.then((did) => applyFrom(run, queue, nextPlace(run, rules, at, did)));
    at = applied || flags.chain ? queue.from(nextPlace(run, rules, at, applied)) : queue.next();
  }
}

/** Whether the rule was applied. */
function tryRule(run: RuleRun, rule: RewriteRule): Evaluated<boolean> {
  const { required } = rule;
  const isPossible = required === undefined || mayMatch(required, run.subject, run.foldedSubject);
  const groups = isPossible ? rule.pattern.exec(run.subject) : null;
  const matches = (groups === null) === rule.isNegated;
  if (run.isTraced) run.trace('trace3', `pattern ${rule.text} on "${run.subject}": ${matches ? 'match' : 'no match'}`);
  if (!matches) return false;
  run.ruleGroups = groups ?? undefined;
  run.conditionGroups = undefined;
  run.forgetHeaders();
  run.keptHeaders.length = 0;
  const holds = rule.conditions.length === 0 || meetConditions(run, rule.conditions, 0);
  return whenReady(holds, (met) => (met ? whenReady(applyRule(run, rule), () => true) : false));
}

/** All conditions, or of those that are joined by OR, one. */
function meetConditions(run: RuleRun, conditions: readonly RewriteCondition[], from: number): Evaluated<boolean> {
  for (let at = from; at < conditions.length;) {
    const condition = conditions[at]!;
    const holds = condition.holds(run);
    if (isPending(holds)) {
      return holds.then((held) => {
        const next = nextCondition(run, conditions, at, held);
        return next !== undefined && meetConditions(run, conditions, next);
      });
    }
    const next = nextCondition(run, conditions, at, holds);
    if (next === undefined) return false;
    at = next;
  }
  return true;
}

/** The condition to ask next; undefined where it is decided that they don't hold. */
function nextCondition(
  run: RuleRun,
  conditions: readonly RewriteCondition[],
  at: number,
  holds: boolean,
): number | undefined {
  const { noVary, orNext } = conditions[at]!;
  if (noVary || !holds) run.forgetHeaders();
  if (!holds) return orNext ? at + 1 : undefined;
  run.keepHeaders();
  let next = at;
  while (next < conditions.length && conditions[next]!.orNext) next++;
  return next + 1;
}

/** The rule to try next; the number of rules where it is over. */
function nextPlace(run: RuleRun, rules: readonly RewriteRule[], at: number, applied: boolean): number {
  const { flags, text } = rules[at]!;
  if (!applied) {
    let next = at;
    while (next < rules.length && rules[next]!.flags.chain) next++;
    return next + 1;
  }
  const { r } = run;
  for (const header of run.keptHeaders) r.varyOn(header);
  if (run.path.length > longestPath(r)) {
    return stop(run, rules, `the RewriteRule ${text} makes ${r.uri} longer than ${longestPath(r)} characters: a loop?`);
  }
  if (run.answer !== undefined || flags.passThrough || flags.end || flags.last) return rules.length;
  if (flags.rounds !== undefined) {
    run.rounds += 1;
    if (run.rounds < flags.rounds) return 0;
    return stop(run, rules, `the RewriteRule ${text} has been started anew ${flags.rounds} times for ${r.uri}: a loop`);
  }
  return at + 1 + flags.skip;
}

/** As Apache: twice the longest request line. */
function longestPath(r: RuleRun['r']): number {
  return 2 * r.server.config.limitRequestLine;
}

function stop(run: RuleRun, rules: readonly RewriteRule[], message: string): number {
  run.r.log(message, 'error', 'rewrite');
  run.answer = 500;
  return rules.length;
}
