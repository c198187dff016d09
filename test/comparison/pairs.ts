import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.ts';
import type { Answers } from './ask.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { differenceRows } from './difference-rows.ts';
import { requestOf } from './request-message.ts';

/** What the two servers said to one request. */
export interface Pair {
  readonly plugin: string;
  /** The case and the request. */
  readonly name: string;
  readonly apache: Answer | string;
  readonly sluice: Answer | string;
  /** The row of docs/differences.md, where they differ by design. */
  readonly byDesign?: string;
  /** What is wrong, where anything is. */
  readonly fault?: string;
}

/** Puts side by side what the two servers answered to a case. */
export function pairsOf(comparison: ComparisonCase, apache: Answers, sluice: Answers): readonly Pair[] {
  const { name, plugin, requests, refused = false } = comparison;
  if (refused) return [{ plugin, name, ...sides(apache, sluice, 0), ...faultOfRefusal(apache, sluice) }];
  return requests.map((short, index) => {
    const { request, headers = {}, differs } = requestOf(short);
    const sent = [
      request,
      ...Object.entries(headers).map(([header, value]) => `${header}: ${[value].flat().join(' | ')}`),
    ];
    const both = sides(apache, sluice, index);
    return {
      plugin,
      name: `${name}: ${sent.join(', ').slice(0, 200)}`,
      ...both,
      ...judge(both, differs, 'refusal' in apache),
    };
  });
}

function sides(apache: Answers, sluice: Answers, index: number): Pick<Pair, 'apache' | 'sluice'> {
  const side = (answers: Answers): Answer | string =>
    'refusal' in answers ? `refuses the config: ${answers.refusal}` : (answers[index] ?? 'starts');
  return { apache: side(apache), sluice: side(sluice) };
}

function judge(
  { apache, sluice }: Pick<Pair, 'apache' | 'sluice'>,
  differs: string | undefined,
  isRefused: boolean,
): Pick<Pair, 'byDesign' | 'fault'> {
  if (isRefused) return { fault: 'Apache does not start; a case that is about that says refused: true' };
  const isEqual = isDeepStrictEqual(apache, sluice);
  if (differs === undefined) return isEqual ? {} : { fault: 'differs' };
  if (isEqual) return { fault: `is marked as differing by "${differs}", but doesn't differ` };
  if (!differenceRows.has(differs)) return { fault: `docs/differences.md has no row "${differs}"` };
  return { byDesign: differs };
}

function faultOfRefusal(apache: Answers, sluice: Answers): Pick<Pair, 'fault'> {
  if (!('refusal' in apache)) return { fault: 'Apache accepts the config' };
  return 'refusal' in sluice ? {} : { fault: 'Sluice accepts the config' };
}
