import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileRegularExpression } from '../../../core/regular-expression.ts';
import { literalStart, mayMatch } from '../../../phases/rewrite/literal-start.ts';

describe('literalStart', () => {
  it.each([
    ['^/old/(.*)$', '/old/', true],
    ['^/a\\.html$', '/a.html', true],
    ['old/(x)', 'old/', false],
    ['^/ab*c', '/a', true],
    ['^/ab?c', '/a', true],
    ['^/ab{2}', '/a', true],
    ['^/(a|b)/c', '/', true],
    ['^/x[a|b]', '/x', true],
  ])('of %s is %s', (pattern, text, isAnchored) => {
    expect(literalStart(pattern, false)).toEqual({ text, isAnchored, ignoreCase: false });
  });

  it.each(['^(.*)$', '', '^', '.*', '^/a|^/b', 'a|b', '[ab]c', '\\d+', '^/?', '(?i)a', '\\Qa\\E'])(
    'has %s none',
    (pattern) => {
      expect(literalStart(pattern, false)).toBeUndefined();
    },
  );

  it('never keeps a pattern from what it matches', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '/',
      '\\.',
      '.',
      'a*',
      'b+',
      'c?',
      '(a|b)',
      '[ab]',
      '^',
      '|',
      '(',
      ')',
      '[|]',
      'é',
      '\\w',
      '{2}',
      '-',
    );
    const pattern = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const subject = fc
      .array(fc.constantFrom('a', 'A', 'b', 'B', 'c', '/', '.', 'é', '-', '|'), { maxLength: 8 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, subject, fc.boolean(), (source, text, ignoreCase) => {
        let expression;
        try {
          expression = compileRegularExpression(source, ignoreCase ? 'i' : '');
        } catch {
          return true;
        }
        const start = literalStart(source, ignoreCase);
        return start === undefined || !expression.test(text) || mayMatch(start, text, text.toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });
});
