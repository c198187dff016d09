import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareNaturally } from '../../../handlers/autoindex/natural-order.ts';

describe('compareNaturally', () => {
  it.each([
    ['file-9', 'file-10'],
    ['a', 'b'],
    ['a', 'ab'],
    ['1.9', '1.10'],
    ['2', '10'],
    ['x01', 'x1'],
    ['x0.5', 'x0.75'],
    ['1.001', '1.002'],
    ['', 'a'],
    ['9', 'a'],
  ])('puts %j before %j', (first, second) => {
    expect(compareNaturally(first, second)).toBeLessThan(0);
    expect(compareNaturally(second, first)).toBeGreaterThan(0);
  });

  it('makes nothing of blanks', () => {
    expect(compareNaturally('file 9', 'file9')).toBe(0);
    expect(compareNaturally('a ', 'a')).toBe(0);
  });

  it('compares either way alike, and finds a name equal to itself', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '0', '1', '9', ' ', '.', 'é') });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(compareNaturally(a, b))).toBe(0 - Math.sign(compareNaturally(b, a)) + 0);
        expect(compareNaturally(a, a)).toBe(0);
      }),
    );
  });

  it('orders numbers by their value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), (a, b) => {
        expect(Math.sign(compareNaturally(`v${a}`, `v${b}`))).toBe(Math.sign(a - b));
      }),
    );
  });
});
