import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '../../../handlers/autoindex/entries.ts';
import { cutDescription, hrefOf, sizeText } from '../../../handlers/autoindex/listing.ts';

const entry = (name: string): Entry => ({ name }) as Entry;

describe('sizeText', () => {
  it.each([
    [-1, '  - '],
    [0, '  0 '],
    [972, '972 '],
    [973, '1.0K'],
    [1_536, '1.5K'],
    [10_188, '9.9K'],
    [10_240, ' 10K'],
    [996_147, '973K'],
    [1_048_576, '1.0M'],
    [5e12, '4.5T'],
    [Number.MAX_SAFE_INTEGER, '8.0P'],
  ])('of %d is %j', (size, text) => {
    expect(sizeText(size)).toBe(text);
  });

  it('has four characters', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (size) => expect(sizeText(size)).toHaveLength(4)));
  });
});

describe('hrefOf', () => {
  it.each([
    ['a b.txt', 'a%20b.txt'],
    ['a:b', './a:b'],
    ['sub/', 'sub/'],
    ['ü', '%c3%bc'],
    ['a&b', 'a&amp;b'],
    ['%41', '%2541'],
    ['..', '/'],
  ])('of %j is %j', (name, href) => {
    expect(hrefOf(entry(name), '/list/')).toBe(href);
  });

  it('leads a browser to the name, and nowhere else', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(
        name.filter((text) => !/\p{Surrogate}/u.test(text)),
        (text) => {
          const url = new URL(hrefOf(entry(text), '/list/').replaceAll('&amp;', '&'), 'http://host/list/');
          expect([url.host, decodeURIComponent(url.pathname), url.search, url.hash]).toEqual([
            'host',
            `/list/${text}`,
            '',
            '',
          ]);
        },
      ),
    );
  });
});

describe('cutDescription', () => {
  it.each([
    ['short', 12, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['much too long', 6, 'much >'],
    ['<b>bold</b> text', 9, '<b>bold</b> text'],
    ['<b>bold</b> text', 6, '<b>bold</b> >'],
    ['a &amp; b', 5, 'a &amp; b'],
    ['&lt;&lt;&lt;', 2, '&lt;>'],
    ['a <b', 5, 'a <b'],
  ])('makes of %j with %d characters %j', (html, width, cut) => {
    expect(cutDescription(html, width)).toBe(cut);
  });
});
