import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCondition } from '../../../core/expression/condition.ts';
import { parseText } from '../../../core/expression/text-expression.ts';
import { subjectOf } from './subject.ts';

/**
 * Recorded from Apache 2.4.71 (Debian): each expression in `Header always set X-R "expr=…"` or `Header always set X-R yes
 * "expr=…"` of a Location of its own, asked with the request that `subjectOf` describes. `error`: Apache refused to start.
 * `vary`: the Vary header of the answer.
 */
interface ApacheCase {
  readonly kind: 'text' | 'condition';
  readonly expression: string;
  readonly result?: unknown;
  readonly error?: true;
  readonly vary?: string;
}

const cases: ApacheCase[] = JSON.parse(readFileSync(new URL('apache-cases.json', import.meta.url), 'utf8'));

function outcome({ kind, expression }: ApacheCase): Omit<ApacheCase, 'kind' | 'expression'> {
  const read: string[] = [];
  const subject = subjectOf({ varyOn: (header) => read.push(header) });
  try {
    const compiled = kind === 'text' ? parseText(expression) : parseCondition(expression);
    const result = compiled.evaluate(subject);
    return { result, ...(read.length > 0 && { vary: read.join(',') }) };
  } catch (error) {
    expect(error).toMatchObject({ code: 'SLUICE_EXPRESSION' });
    return { error: true };
  }
}

describe('expressions that Apache 2.4.71 was asked about', () => {
  it.each(cases)('$kind $expression', ({ kind, expression, ...expected }) => {
    expect(outcome({ kind, expression })).toEqual(expected);
  });
});
