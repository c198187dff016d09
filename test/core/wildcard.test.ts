import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileWildcard, hasWildcard } from '../../core/wildcard.ts';

describe('a wildcard pattern', () => {
  it.each([
    ['*.txt', 'a.txt', true],
    ['*.txt', 'a.txt~', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['**a**', 'bab', true],
    ['*ab*ab', 'abxabab', true],
    ['*ab*ab', 'ab', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\', 'a\\', true],
    ['[a-\\c]', 'b', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s, %s: %s', (pattern, text, expected) => {
    expect(compileWildcard(pattern)(text)).toBe(expected);
  });

  it.each([
    ['/a/*', '/a/b/c', false],
    ['/*/c', '/b/c', true],
    ['/a*', '/a/b', false],
    ['/a[/]b', '/a/b', false],
    ['/a[!x]b', '/a/b', false],
    ['/a?b', '/a/b', false],
    ['/*a/*b/*', '/xa/ab/c', true],
  ])('stops at slashes where paths are meant: %s, %s: %s', (pattern, text, expected) => {
    expect(compileWildcard(pattern, { pathname: true })(text)).toBe(expected);
  });

  it('ignores case where it should', () => {
    expect(compileWildcard('*.[A-F]x', { ignoreCase: true })('FILE.bX')).toBe(true);
    expect(compileWildcard('*.[A-F]x')('FILE.bX')).toBe(false);
  });

  it.each([
    ['plain.txt', false],
    ['a\\*b', false],
    ['a[b', false],
    ['*.example', true],
    ['a?', true],
    ['[ab]', true],
  ])('is told from plain text: %s: %s', (text, expected) => {
    expect(hasWildcard(text)).toBe(expected);
  });

  it('agrees with the regular expression of the same meaning', () => {
    const letters = fc.constantFrom('a', 'b', '/');
    const text = fc.string({ unit: letters, maxLength: 10 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (wildcard, candidate, pathname) => {
        const one = pathname ? '[^/]' : '.';
        const expression = new RegExp(`^${wildcard.replace(/\*+/g, `${one}*`).replaceAll('?', one)}$`);
        expect(compileWildcard(wildcard, { pathname })(candidate)).toBe(expression.test(candidate));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers a hostile text', () => {
    expect(compileWildcard('*a'.repeat(50))(`${'a'.repeat(5000)}b`)).toBe(false);
  });
});
