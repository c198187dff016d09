import { describe, expect, it } from '@jest/globals';
import type { Answer } from './answer.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { pairsOf } from './pairs.ts';
import { figures, pairText } from './report.ts';

const answer: Answer = { status: 200, headers: { etag: '"1"' }, body: 'a' };
const other: Answer = { ...answer, body: 'b' };
const refusal = { refusal: 'no' };

function judged(differs: string | undefined, sluice: Answer): string | undefined {
  const request = { request: 'GET /a', ...(differs === undefined ? {} : { differs }) };
  const comparison: ComparisonCase = { name: 'A case', plugin: 'static', config: '', requests: [request] };
  return pairsOf(comparison, [answer], [sluice])[0]!.fault;
}

describe('a pair of answers', () => {
  it('is at fault where they differ without a reason', () => {
    expect(judged(undefined, answer)).toBeUndefined();
    expect(judged(undefined, other)).toBe('differs');
    expect(judged(undefined, { ...answer, headers: {} })).toBe('differs');
  });

  it('needs a reason that stands in docs/differences.md, and a difference', () => {
    expect(judged('POST to a file', other)).toBeUndefined();
    expect(judged('because', other)).toBe('docs/differences.md has no row "because"');
    expect(judged('POST to a file', answer)).toBe('is marked as differing by "POST to a file", but doesn\'t differ');
  });

  it('of a config that both must refuse is at fault where one takes it', () => {
    const comparison: ComparisonCase = { name: 'Bad', plugin: 'core', config: 'x', refused: true, requests: [] };
    const faults = [
      [refusal, refusal],
      [[], refusal],
      [refusal, []],
    ].map(([apache, sluice]) => pairsOf(comparison, apache!, sluice!).map(({ fault }) => fault));
    expect(faults).toEqual([[undefined], ['Apache accepts the config'], ['Sluice accepts the config']]);
  });

  it('is at fault where Apache refuses a config that it should take', () => {
    const comparison: ComparisonCase = { name: 'Typo', plugin: 'core', config: 'x', requests: ['GET /a'] };
    expect(pairsOf(comparison, refusal, [answer])[0]!.fault).toMatch(/^Apache does not start/);
  });
});

describe('the report', () => {
  const comparison: ComparisonCase = {
    name: 'A case',
    plugin: 'static',
    config: '',
    requests: ['GET /a', 'GET /b', { request: 'GET /c', headers: { Accept: 'x' }, differs: 'POST to a file' }],
  };
  const pairs = pairsOf(comparison, [answer, answer, answer], [answer, other, other]);

  it('counts the pairs of each plugin, and of all', () => {
    expect(figures(pairs).split('\n')).toEqual([
      '',
      'plugin                  pairs        equal    by design  unexplained',
      'static                      3            1            1            1',
      'all                         3            1            1            1',
      '',
      'by design, 1: POST to a file',
      '',
    ]);
  });

  it('shows the lines in which a pair differs', () => {
    expect(pairText(pairs[1]!)).toBe('\nA case: GET /b\n  differs\n  apache  > a\n  sluice  > b\n');
    expect(pairs[2]!.name).toBe('A case: GET /c, Accept: x');
  });
});
