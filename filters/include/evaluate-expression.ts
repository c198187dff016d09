import { type Condition, parseCondition } from '../../core/expression/condition.ts';
import { type Evaluated, isPending } from '../../core/expression/evaluated.ts';
import type { ExpressionSubject } from '../../core/expression/subject.ts';
import { type Vocabulary, coreVocabulary } from '../../core/expression/vocabulary.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { evaluateLegacy } from './legacy-expression.ts';
import { type Page, pageKey } from './page.ts';

/** Whether an expression of a page holds; a text says what is wrong with it. */
export function evaluateExpression(page: Page, text: string): Evaluated<boolean | string> {
  if (page.r.config.ssiLegacyExprParser) return evaluateLegacy(page, text).catch(messageOf);
  try {
    const holds = compiled(text).evaluate(page.r, page.match);
    return isPending(holds) ? holds.catch(messageOf) : holds;
  } catch (error) {
    return messageOf(error);
  }
}

/** `v('NAME')`: a variable of the page. */
const vocabulary: Vocabulary = {
  ...coreVocabulary,
  functions: new Map([...coreVocabulary.functions, ['v', { call: readVariable }]]),
};

const conditions = new Map<string, Condition>();
/** More than the pages of a site have; beyond, they are compiled anew. */
const MOST_CONDITIONS = 2_000;

function compiled(text: string): Condition {
  const known = conditions.get(text);
  if (known !== undefined) return known;
  const condition = parseCondition(text, { vocabulary, untrusted: true });
  if (conditions.size >= MOST_CONDITIONS) conditions.clear();
  conditions.set(text, condition);
  return condition;
}

function readVariable(subject: ExpressionSubject, name: string): string | undefined {
  // The subject is what `evaluateExpression` gives, a request record.
  return (subject as RequestRecord).state.get(pageKey)?.value(name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
