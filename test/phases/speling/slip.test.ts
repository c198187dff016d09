import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasSameBase, slipBetween } from '../../../phases/speling/slip.ts';

describe('one slip', () => {
  it.each([
    ['Word', 'wORD', 'miscapitalized'],
    ['wrod', 'word', 'transposed'],
    ['wodr', 'Word', 'transposed'],
    ['wrd', 'word', 'missing'],
    ['wor', 'word', 'missing'],
    ['worrd', 'word', 'extra'],
    ['words', 'word', 'extra'],
    ['ward', 'word', 'mistyped'],
    ['worx', 'word', 'mistyped'],
    ['', 'a', 'missing'],
    ['a', '', 'extra'],
    ['drow', 'word', undefined],
    ['wo', 'word', undefined],
    ['wxyd', 'word', undefined],
    ['wordss', 'word', undefined],
  ])('%j for %j is %s', (asked, name, slip) => {
    expect(slipBetween(asked, name)).toBe(slip);
  });

  const word = fc.stringMatching(/^[a-f]{1,8}$/);

  it('is a missing letter one way and an extra one the other', () => {
    fc.assert(
      fc.property(word, fc.nat(8), fc.constantFrom('x', 'y'), (name, at, letter) => {
        const longer = name.slice(0, at) + letter + name.slice(at);
        expect(slipBetween(name, longer)).toBe('missing');
        expect(slipBetween(longer, name)).toBe('extra');
      }),
    );
  });

  it('is the same both ways for letters that were swapped or mistyped', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const slip = slipBetween(one, other);
        if (slip === 'transposed' || slip === 'mistyped') expect(slipBetween(other, one)).toBe(slip);
        if (slip === undefined) expect(slipBetween(other, one)).toBeUndefined();
      }),
    );
  });
});

it('names have the same base up to the first dot', () => {
  expect(hasSameBase('A.tar.gz', 'a.zip')).toBe(true);
  expect(hasSameBase('a', 'A.html')).toBe(true);
  expect(hasSameBase('ab.html', 'a.html')).toBe(false);
});
