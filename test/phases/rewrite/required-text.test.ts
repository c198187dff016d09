import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileRegularExpression } from '../../../core/regular-expression.ts';
import { requiredText, mayMatch } from '../../../phases/rewrite/required-text.ts';

describe('requiredText', () => {
  it.each([
    ['^/old/(.*)$', '/old/', true],
    ['^/a\\.html$', '/a.html', true],
    ['old/(x)', 'old/', false],
    ['^/ab*c', '/a', true],
    ['^/ab?c', '/a', true],
    ['^/ab{2}', '/a', true],
    ['^/(a|b)/c', '/c', false],
    ['^/x[a|b]', '/x', true],
    ['^/([a-z]+)-17/(.*)$', '-17/', false],
    ['^/long/(x)/longer/$', '/long/', true],
    ['(.*)\\.html', '.html', false],
    ['^(a)?b(c|d)ef', 'ef', false],
    ['^/ab+c', '/a', true],
  ])('of %s is %s', (pattern, text, isAnchored) => {
    expect(requiredText(pattern, false)).toEqual({ text, isAnchored, ignoreCase: false });
  });

  it.each(['^(.*)$', '', '^', '.*', '^/a|^/b', '^(a)', 'a{2}', 'a|b', '\\d+', '^/?', '(?i)a', '\\Qa\\E'])(
    'has %s none',
    (pattern) => {
      expect(requiredText(pattern, false)).toBeUndefined();
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
      '\\Q',
      '\\E',
      '(?i)',
      '(?:',
      '(?!',
      '$',
      '[^a]',
      '[]a]',
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
        const required = requiredText(source, ignoreCase);
        return required === undefined || !expression.test(text) || mayMatch(required, text, text.toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });
});
