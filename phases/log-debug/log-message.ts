import type { Condition } from '../../core/expression/condition.ts';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { ExpressionParser } from '../../core/expression/expression-parser.ts';
import { type PhaseName, phases } from '../../core/phases.ts';
import type { RequestRecord } from '../../core/request-record.ts';

/** One LogMessage line. */
export interface LogMessage {
  readonly moments: ReadonlySet<PhaseName>;
  /** The line's text; undefined where its condition doesn't hold. */
  text(r: RequestRecord): Evaluated<string | undefined>;
}

/** The phases in which a watcher can stand without taking part in them: in the two left out, whoever is asked decides. */
export const watchedPhases = phases
  .map(({ name }) => name)
  .filter((name) => name !== 'authenticate' && name !== 'authorize' && name !== 'cleanup');

/** Apache's names of the same moments. */
const apacheHooks: readonly (readonly [hook: string, phase: PhaseName])[] = [
  ['quick_handler', 'postReadRequest'],
  ['pre_translate_name', 'translate'],
  ['translate_name', 'translate'],
  ['map_to_storage', 'mapToStorage'],
  ['check_access', 'access'],
  ['check_access_ex', 'access'],
  ['type_checker', 'type'],
  ['fixups', 'fixup'],
  ['insert_filter', 'content'],
  ['handler', 'content'],
  ['log_transaction', 'log'],
];

const moments: ReadonlyMap<string, ReadonlySet<PhaseName>> = new Map([
  ['all', new Set(watchedPhases)],
  ...watchedPhases.map((name) => [name.toLowerCase(), new Set([name])] as const),
  ...apacheHooks.map(([hook, name]) => [hook, new Set([name])] as const),
]);

/** Reads `text [hook=moment] [expr=condition]`. Throws an Error for an unknown moment and for expressions that aren't valid. */
export function parseLogMessage([text = '', ...options]: readonly string[], site: ExpressionParser): LogMessage {
  const message = site.parseText(text);
  let chosen = moments.get('log')!;
  let condition: Condition | undefined;
  for (const option of options) {
    const [, name, value = ''] = /^(hook|expr)=(.*)$/is.exec(option) ?? [];
    if (name === undefined) throw new Error(`expected hook=… or expr=… behind the message, not "${option}"`);
    if (name.toLowerCase() === 'expr') condition = site.parseCondition(value);
    else chosen = momentsOf(value);
  }
  return {
    moments: chosen,
    text: (r) =>
      condition === undefined
        ? message.evaluate(r)
        : whenReady(condition.evaluate(r), (holds) => (holds ? message.evaluate(r) : undefined)),
  };
}

function momentsOf(name: string): ReadonlySet<PhaseName> {
  const found = moments.get(name.toLowerCase());
  if (found !== undefined) return found;
  throw new Error(`hook= takes ${[...moments.keys()].join(', ')}, not "${name}"`);
}
