import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileRegularExpression } from '../../core/regular-expression.ts';

describe('a regular expression in PCRE spelling', () => {
  it.each([
    ['^/a$', '', '/a\n', false],
    ['a.b', '', 'a\nb', true],
    ['a(?-s).b', '', 'a\nb', false],
    ['^b$', 'm', 'a\nb\nc', true],
    ['^b$', 'm', 'a\rb', false],
    ['\\Ab\\z', 'm', 'a\nb', false],
    ['b\\Z', '', 'ab\n', true],
    ['(?i)html?$', '', 'x.HTM', true],
    ['a(?i:b)c', '', 'aBc', true],
    ['a(?i:b)c', '', 'aBC', false],
    ['a(b(?i)c)d', '', 'abCd', true],
    ['a(b(?i)c)d', '', 'abCD', false],
    ['(?P<x>a)(?P=x)', '', 'aa', true],
    ["(?'x'a)\\k{x}\\g{1}", '', 'aaa', true],
    ['(?#comment)a', '', 'a', true],
    ['\\Qa.(\\E.', '', 'a.(x', true],
    ['[[:alpha:][:digit:]_]+$', '', 'aZ9_', true],
    ['^[^[:space:]]+$', '', 'a b', false],
    ['^[]a]+$', '', ']a', true],
    ['^[^]a]$', '', ']', false],
    ['^[\\w.-]+$', '', 'a-b.c', true],
    ['^[a\\-c]$', '', 'b', false],
    ['^[x-\\x{7a}]$', '', 'y', true],
    ['^\\x41\\x{42}\\103$', '', 'ABC', true],
    ['^\\h\\R$', '', '\t\r\n', true],
    ['x{', '', 'x{', true],
    ['^a{2,3}?b', '', 'aaab', true],
    ['^(a)\\1$', 'i', 'aA', true],
    ['[k-s]', 'i', '\u212a', false],
    ['[Z-^]', 'i', 'z', true],
    ['(?<=a)b(?!c)', '', 'abd', true],
  ])('%s with flags "%s" on %j: %s', (pattern, flags, text, expected) => {
    expect(compileRegularExpression(pattern, flags).test(text)).toBe(expected);
  });

  it('gives groups by number and name', () => {
    const found = compileRegularExpression('^/(?<area>\\w+)(?i:/x)(\\d)').exec('/shop/X7');
    expect([found?.[1], found?.[2], found?.groups?.['area']]).toEqual(['shop', '7', 'shop']);
  });

  it.each([
    ['(', '', 'unterminated group'],
    [')', '', 'unmatched )'],
    ['[a', '', 'missing ] after ['],
    ['a**', '', 'nothing to repeat'],
    ['[b-a]', '', 'the range b-a is out of order'],
    ['[[:alfa:]]', '', 'unknown set [:alfa:]'],
    ['a++', '', 'possessive quantifiers (++)'],
    ['(?>a)', '', '(?> starts nothing that is supported'],
    ['(?R)', '', '(?R starts nothing that is supported'],
    ['\\p{L}', '', '\\p is not supported'],
    ['\\X41', '', '\\X is not supported'],
    ['[\\X41]', '', '\\X is not supported inside [ ]'],
    ['a\\', '', '\\ at the end'],
    ['a', 'x', 'unknown flag x'],
    ['(?x)a', '', 'unknown flag x'],
    ['a(?i:(b)\\1)', '', 'needs the i flag for the whole pattern'],
  ])('%s with flags "%s" is refused: %s', (pattern, flags, fault) => {
    expect(() => compileRegularExpression(pattern, flags)).toThrow(
      expect.objectContaining({ code: 'SLUICE_REGULAR_EXPRESSION', message: expect.stringContaining(fault) }),
    );
  });

  it.each([
    ['^(a+)+$', ''],
    ['^(a+)+$', 'i'],
    ['^(.+)+x$', ''],
  ])('comes to an end on a hostile text: %s %s', (pattern, flags) => {
    expect(compileRegularExpression(pattern, flags).test(`${'a'.repeat(60)}!`)).toBe(false);
  });

  it('never fails with another kind of error', () => {
    const scraps = fc.constantFrom(
      ...'( ) [ ] [: :] (?i) (?: (?< > \\ \\k< \\x \\Q \\E * + ? { 2 , } | ^ $ . a - (? i'.split(' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(scraps, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (pattern) => {
          try {
            compileRegularExpression(pattern, 'i');
          } catch (error) {
            expect(error).toMatchObject({ code: 'SLUICE_REGULAR_EXPRESSION', pattern });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds any text that it quotes, in either case under i', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('\\E'));
        const upper = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
        expect(compileRegularExpression(`^\\Q${text}\\E$`).test(text)).toBe(true);
        expect(compileRegularExpression(`^\\Q${text}\\E$`, 'i').test(upper)).toBe(true);
      }),
    );
  });
});
