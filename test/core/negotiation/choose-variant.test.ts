import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseVariant } from '../../../core/negotiation/choose-variant.ts';
import { type ServerPreferences, readPreferences } from '../../../core/negotiation/preferences.ts';
import type { Variant } from '../../../core/negotiation/variant.ts';

const plain: Variant = {
  name: '',
  type: 'text/html',
  sourceQuality: 1,
  level: 0,
  charset: '',
  languages: [],
  encoding: '',
  length: -1,
  description: '',
};

const levelOf = ({ type = plain.type }: Partial<Variant>): number => (type === 'text/html' ? 2 : 0);

const choose = (
  variants: readonly Partial<Variant>[],
  headers: Readonly<Record<string, string>>,
  server?: ServerPreferences,
  algorithm: 'server' | 'remote' = 'server',
): string | undefined => {
  const whole = variants.map((variant) => ({ ...plain, level: levelOf(variant), ...variant }));
  return chooseVariant(whole, readPreferences(new Map(Object.entries(headers)), server), algorithm)?.name;
};

const english = { name: 'en', languages: ['en'] };
const german = { name: 'de', languages: ['de'] };

describe('chooseVariant', () => {
  it('chooses nothing from nothing', () => {
    expect(choose([], {})).toBeUndefined();
  });

  it('multiplies the quality of the type with that of the source', () => {
    const variants = [
      { name: 'html', sourceQuality: 0.5 },
      { name: 'text', type: 'text/plain' },
    ];
    expect(choose(variants, { Accept: 'text/html, text/plain;q=0.4' })).toBe('html');
    expect(choose(variants, { Accept: 'text/html, text/plain;q=0.6' })).toBe('text');
  });

  it('takes wildcards for "if there is nothing better", unless the client uses qualities', () => {
    const variants = [
      { name: 'png', type: 'image/png' },
      { name: 'html', sourceQuality: 0.1 },
    ];
    expect(choose(variants, { Accept: 'text/html, */*' })).toBe('html');
    expect(choose(variants, { Accept: 'text/html, */*;q=0.9' })).toBe('png');
  });

  it('asks LanguagePriority as ForceLanguagePriority says', () => {
    const languagePriority = ['de', 'en'];
    const prefer = { languagePriority, languageForce: { prefer: true, fallback: false } };
    const fallback = { languagePriority, languageForce: { prefer: false, fallback: true } };
    expect(choose([english, german], {}, prefer)).toBe('de');
    expect(choose([english, german], {}, fallback)).toBe('en');
    expect(choose([english, german], { 'Accept-Language': 'fr' }, prefer)).toBeUndefined();
    expect(choose([english, german], { 'Accept-Language': 'fr' }, fallback)).toBe('de');
  });

  it('looks at the preferred language first', () => {
    expect(choose([english, german], { 'Accept-Language': 'en' }, { preferredLanguage: 'de' })).toBe('de');
    expect(choose([english, german], { 'Accept-Language': 'en' }, { preferredLanguage: 'fr' })).toBe('en');
  });

  it('discards encoded variants where it is told to', () => {
    const zipped = [{ name: 'gz', encoding: 'x-gzip' }, { name: 'plain' }];
    expect(choose(zipped, { 'Accept-Encoding': 'gzip' })).toBe('gz');
    expect(choose(zipped, { 'Accept-Encoding': 'gzip' }, { discardEncoded: 'all' })).toBe('plain');
    expect(choose(zipped, { 'Accept-Encoding': 'gzip' }, { discardEncoded: 'all but HTML' })).toBe('gz');
  });

  it('answers by RFC 2296 only where every other server would answer alike', () => {
    const headers = { Accept: 'text/html', 'Accept-Language': 'de' };
    expect(choose([english, german], headers, {}, 'remote')).toBe('de');
    expect(choose([english, german], { ...headers, Accept: 'text/*' }, {}, 'remote')).toBeUndefined();
    expect(choose([english, german], { Accept: 'text/html' }, {}, 'remote')).toBeUndefined();
  });

  it('prefers the shorter of two equal ones, then the first', () => {
    expect(
      choose(
        [
          { name: 'long', length: 20 },
          { name: 'short', length: 10 },
        ],
        {},
      ),
    ).toBe('short');
    expect(
      choose(
        [
          { name: 'first', length: 10 },
          { name: 'second', length: 10 },
        ],
        {},
      ),
    ).toBe('first');
  });
});

const quality = fc.constantFrom('', ';q=0', ';q=0.001', ';q=0.5', ';q=1');
const header = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), quality), { maxLength: 5 })
    .map((items) => items.map((item) => item.join('')).join(','));
const headers = fc.record(
  {
    Accept: header(['text/html', 'text/plain', 'text/*', '*/*', 'image/png']),
    'Accept-Language': header(['en', 'en-us', 'de', '*']),
    'Accept-Charset': header(['utf-8', 'iso-8859-1', '*']),
    'Accept-Encoding': header(['gzip', 'identity', '*']),
  },
  { requiredKeys: [] },
);
const variant = fc.record({
  type: fc.constantFrom('text/html', 'text/plain', 'image/png'),
  sourceQuality: fc.constantFrom(0, 0.5, 1),
  languages: fc.subarray(['en', 'de', 'en-gb']),
  charset: fc.constantFrom('', 'utf-8', 'koi8-r'),
  encoding: fc.constantFrom('', 'gzip'),
  length: fc.nat(5),
});
const variants = fc
  .array(variant, { maxLength: 6 })
  .map((all) => all.map((one, index) => ({ ...one, name: String(index) })));

describe('for all variants and headers', () => {
  it('the choice is the same every time', () => {
    fc.assert(
      fc.property(variants, headers, (all, asked) => {
        expect(choose(all, asked)).toBe(choose(all, asked));
      }),
    );
  });

  it('a variant that is refused alone is never chosen among others', () => {
    fc.assert(
      fc.property(variants, headers, (all, asked) => {
        const chosen = all.find(({ name }) => name === choose(all, asked));
        if (chosen !== undefined) expect(choose([chosen], asked)).toBe(chosen.name);
      }),
    );
  });

  it('nothing is chosen only where no variant alone would be', () => {
    fc.assert(
      fc.property(variants, headers, (all, asked) => {
        if (choose(all, asked) === undefined) for (const one of all) expect(choose([one], asked)).toBeUndefined();
      }),
    );
  });

  it('by RFC 2296, the order of the variants makes no difference to how good the choice is', () => {
    fc.assert(
      fc.property(variants, headers, (all, asked) => {
        const chosen = choose(all, asked, {}, 'remote');
        const reversed = choose(all.toReversed(), asked, {}, 'remote');
        if (chosen === undefined || reversed === undefined || chosen === reversed) return;
        const pair = all.filter(({ name }) => name === chosen || name === reversed);
        expect(choose(pair, asked, {}, 'remote')).toBe(pair[0]!.name);
        expect(choose(pair.toReversed(), asked, {}, 'remote')).toBe(pair[1]!.name);
      }),
    );
  });

  it('the order of the items in a header makes no difference where no name comes twice', () => {
    const items = fc.uniqueArray(fc.tuple(fc.constantFrom('en', 'de', 'en-gb', '*'), quality), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(variants, items, (all, listed) => {
        const texts = listed.map((item) => item.join(''));
        expect(choose(all, { 'Accept-Language': texts.toReversed().join(',') })).toBe(
          choose(all, { 'Accept-Language': texts.join(',') }),
        );
      }),
    );
  });
});
