import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseLifetime } from '../../../phases/expires/lifetime.ts';

const units = {
  years: 31_536_000,
  months: 2_592_000,
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
};

describe('parseLifetime', () => {
  it.each([
    ['A3600', 'access', 3600],
    ['M-60', 'modification', -60],
    ['access', 'access', 0],
    ['now plus 1 day', 'access', 86_400],
    ['Modification Plus 1 Week', 'modification', 604_800],
    ['access 1 year 1 month', 'access', 34_128_000],
    ['a p 2 mins 3 secs', 'access', 123],
  ])('reads %s', (text, from, seconds) => {
    expect(parseLifetime(text)).toEqual({ from, seconds });
  });

  it('adds up any number of units', () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: 0, max: 13 }), fc.constantFrom(...Object.keys(units))), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(parts, (list) => {
        const text = `access plus ${list.map(([count, unit]) => `${count} ${unit}`).join(' ')}`;
        const seconds = list.reduce((sum, [count, unit]) => sum + count * units[unit as keyof typeof units], 0);
        expect(parseLifetime(text)).toEqual({ from: 'access', seconds });
      }),
    );
  });

  it.each([
    ['', /a lifetime begins with access, now or modification/],
    ['Anything', /a lifetime begins with access, now or modification/],
    ['A1h', /a lifetime begins with access, now or modification/],
    ['access plus soon', /expected a number where .* has "soon"/],
    ['access plus 1', /expected years, .* behind 1/],
    ['access plus 1 m', /not "m"/],
    ['access plus 1 fortnight', /not "fortnight"/],
    ['access plus 69 years', /more than the 2147483648 seconds/],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseLifetime(text)).toThrow(message);
  });
});
