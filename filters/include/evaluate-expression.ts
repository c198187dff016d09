import { type Condition, parseCondition } from '../../core/expression/condition.ts';
import { type Evaluated, isPending } from '../../core/expression/evaluated.ts';
import type { ExpressionSubject } from '../../core/expression/subject.ts';
import type { Vocabulary } from '../../core/expression/vocabulary.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { evaluateLegacy } from './legacy-expression.ts';
import { type Page, pageKey } from './page.ts';

/** Whether an expression of a page holds; a text says what is wrong with it. */
export function evaluateExpression(page: Page, text: string): Evaluated<boolean | string> {
  if (page.r.config.ssiLegacyExprParser) return evaluateLegacy(page, text).catch(messageOf);
  try {
    const holds = compiled(text, page.r.server.vocabulary).evaluate(page.r, page.match);
    return isPending(holds) ? holds.catch(messageOf) : holds;
  } catch (error) {
    return messageOf(error);
  }
}

/** The names that pages may use, and the conditions that they have used, of each configuration. */
interface PageNames {
  readonly vocabulary: Vocabulary;
  readonly conditions: Map<string, Condition>;
}

const namesOf = new WeakMap<Vocabulary, PageNames>();
/** More than the pages of a site have; beyond, they are compiled anew. */
const MOST_CONDITIONS = 2_000;

function compiled(text: string, names: Vocabulary): Condition {
  let known = namesOf.get(names);
  if (known === undefined) namesOf.set(names, (known = pageNames(names)));
  const { vocabulary, conditions } = known;
  const before = conditions.get(text);
  if (before !== undefined) return before;
  const condition = parseCondition(text, { vocabulary, untrusted: true });
  if (conditions.size >= MOST_CONDITIONS) conditions.clear();
  conditions.set(text, condition);
  return condition;
}

/** With `v('NAME')`, a variable of the page. */
function pageNames(names: Vocabulary): PageNames {
  const functions = new Map([...names.functions, ['v', { call: readVariable }]]);
  return { vocabulary: { ...names, functions }, conditions: new Map() };
}

function readVariable(subject: ExpressionSubject, name: string): string | undefined {
  // The subject is what `evaluateExpression` gives, a request record.
  return (subject as RequestRecord).state.get(pageKey)?.value(name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
