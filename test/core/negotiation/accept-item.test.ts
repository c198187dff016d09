import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAXIMUM_ITEMS, readAcceptItem, readAcceptItems } from '../../../core/negotiation/accept-item.ts';

const qualities = (header: string): object =>
  Object.fromEntries(readAcceptItems(header)!.map(({ name, quality }) => [name, quality]));

describe('readAcceptItems', () => {
  it('tells a header that is not there from an empty one', () => {
    expect(readAcceptItems(undefined)).toBeUndefined();
    expect(readAcceptItems('')).toEqual([]);
    expect(readAcceptItems(' , ;q=1 ,, ')).toEqual([]);
  });

  it('reads names in lower case, with their qualities', () => {
    expect(qualities('EN-us, de;q=0.5 ,fr ; Q = .25, *;q=0')).toEqual({ 'en-us': 1, de: 0.5, fr: 0.25, '*': 0 });
  });

  it.each([
    ['0', 0],
    ['0.', 0],
    ['0.1234', 0.123],
    ['.5', 0.5],
    ['1', 1],
    ['1.5', 1],
    ['-1', 1],
    ['x', 1],
    ['"0.2"', 0.2],
    ['', 1],
  ])('reads the quality %s as %d', (text, quality) => {
    expect(readAcceptItem(`a;q=${text}`).quality).toBe(quality);
  });

  it('reads levels and charsets; HTML has the level 2 unless it says otherwise', () => {
    expect(readAcceptItem('Text/HTML')).toEqual({ name: 'text/html', quality: 1, level: 2, charset: '' });
    expect(readAcceptItem('text/html;level=3;charset="UTF-8";qs=0.7')).toEqual({
      name: 'text/html',
      quality: 0.7,
      level: 3,
      charset: 'utf-8',
    });
    expect(readAcceptItem('text/x;level=high').level).toBe(0);
  });

  it('keeps commas and semicolons in quotes together', () => {
    expect(readAcceptItems('a;x="1,2;3";q=0.5, b')!.map(({ name, quality }) => [name, quality])).toEqual([
      ['a', 0.5],
      ['b', 1],
    ]);
  });

  it('looks at a limited number of items', () => {
    const header = Array.from({ length: 4_000 }, (_, index) => `a/${index}`).join(',');
    expect(readAcceptItems(header)).toHaveLength(MAXIMUM_ITEMS);
  });

  it('never throws, and never gives a quality outside of 0 to 1', () => {
    const piece = fc.constantFrom(',', ';', '=', '"', ' ', 'q', 'qs', 'level', '0.5', 'a/b', '*', '\t', 'é');
    const header = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(header, (text) => {
        for (const { name, quality, level } of readAcceptItems(text)!) {
          expect(name).not.toBe('');
          expect(quality).toBeGreaterThanOrEqual(0);
          expect(quality).toBeLessThanOrEqual(1);
          expect(Number.isInteger(level)).toBe(true);
        }
      }),
    );
  });
});
