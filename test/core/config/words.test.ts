import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { splitWords } from '../../../core/config/words.ts';

describe('splitWords', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    ['"a b" c', ['a b', 'c']],
    [`'it is' "it's"`, ['it is', "it's"]],
    [String.raw`"say \"hi\""`, ['say "hi"']],
    [String.raw`"a\'b"`, [String.raw`a\'b`]],
    [String.raw`^/\d+\.txt$`, [String.raw`^/\d+\.txt$`]],
    [String.raw`C:\\www`, [String.raw`C:\www`]],
    ['"a"b', ['a', 'b']],
    ['a"b c"', ['a"b', 'c"']],
    ['"" x', ['', 'x']],
    ['404 "Gone for good', ['404', 'Gone for good']],
    ['   ', []],
    ['a # b', ['a', '#', 'b']],
  ])('splits %s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('gives back any words that were quoted', () => {
    const quote = (word: string): string => `"${word.replace(/[\\"]/g, '\\$&')}"`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitWords(words.map(quote).join(' '))).toEqual(words);
      }),
    );
  });
});
