import type { FilterLink } from './filter/filter-link.ts';
import type { Handler } from './handler.ts';
import { callStep, engineStep, verdictOfThrown, verdictOnly } from './phase-walk.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { isThenable } from './thenable.ts';
import { DECLINED, OK } from './verdict.ts';

/** Puts the filters of plugins and config in place, then calls the `init` of each; gives OK, or the verdict that ends the request. */
export function setUpFilters(r: RequestRecord): number | Promise<number> {
  try {
    for (const insert of r.plan.filterInserters) insert(r);
  } catch (error) {
    return verdictOfThrown(r, 'content', engineStep, error);
  }
  const links = r.hasOutput ? [...r.output.filters, ...r.inputFilters] : r.inputFilters;
  if (links.length === 0) return OK;
  return initFrom(
    r,
    links.filter((link) => link.filter.init !== undefined),
    0,
  );
}

function initFrom(r: RequestRecord, links: readonly FilterLink[], from: number): number | Promise<number> {
  for (let at = from; at < links.length; at++) {
    const link = links[at]!;
    const handler = (): unknown => link.filter.init!(link);
    const step: Step = {
      plugin: 'filter',
      name: link.name,
      handler: handler as Handler,
      configured: false,
      pure: false,
    };
    const verdict = callStep(r, 'content', step, verdictOfInit);
    if (isThenable(verdict)) {
      return verdict.then((settled) => (settled === OK || settled === DECLINED ? initFrom(r, links, at + 1) : settled));
    }
    if (verdict !== OK && verdict !== DECLINED) return verdict;
  }
  return OK;
}

/** A filter that only sets itself up has nothing to say. */
function verdictOfInit(r: RequestRecord, step: Step, answer: unknown): number {
  return answer === undefined ? OK : verdictOnly(r, step, answer);
}
