import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInRange, isRange } from '../../core/version-range.ts';

describe('a range of versions', () => {
  it.each([
    ['^1.2', '1.2.0 1.9.9', '1.1.9 2.0.0 2.0.0-beta 1.3.0-beta'],
    ['^0.2.3', '0.2.3 0.2.9', '0.2.2 0.3.0 1.2.3'],
    ['^0.0.3', '0.0.3', '0.0.4 0.0.2'],
    ['^0.0', '0.0.0 0.0.9', '0.1.0'],
    ['^0', '0.0.1 0.9.0', '1.0.0'],
    ['^1.2.3-beta.2', '1.2.3-beta.2 1.2.3-beta.11 1.2.3 1.9.0', '1.2.3-beta.1 1.2.3-alpha 1.2.4-beta.3'],
    ['~1.2.3', '1.2.3 1.2.9', '1.3.0 1.2.2'],
    ['~1', '1.0.0 1.9.0', '2.0.0 0.9.0'],
    ['1.x', '1.0.0 1.9.9', '2.0.0'],
    ['1.2', '1.2.0 1.2.7', '1.3.0'],
    ['=1.2.3', '1.2.3 v1.2.3 1.2.3+build', '1.2.4 1.2.3-rc.1'],
    ['>=0.1 <1', '0.1.0 0.9.9', '0.0.9 1.0.0 1.0.0-rc.1'],
    ['>= 0.1  < 1', '0.1.0', '1.0.0'],
    ['>1', '2.0.0', '1.0.0 1.9.9'],
    ['>1.2.3', '1.2.4', '1.2.3'],
    ['<=1.2', '1.2.9 0.1.0', '1.3.0'],
    ['<1.2', '1.1.9', '1.2.0'],
    ['1.2 - 2.3', '1.2.0 2.3.9', '1.1.9 2.4.0'],
    ['1 || ^3.1', '1.5.0 3.1.0', '2.0.0 3.0.9'],
    ['*', '0.0.0 9.9.9', '1.0.0-beta'],
    ['', '1.0.0', '1.0.0-beta'],
    ['<*', '', '0.0.0 1.0.0'],
  ])('%s has %s, and not %s', (range, inside, outside) => {
    const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
    expect(words(inside).filter((version) => !isInRange(version, range))).toEqual([]);
    expect(words(outside).filter((version) => isInRange(version, range))).toEqual([]);
  });

  it.each(['latest', '1.2.3.4', '^1.2 and more', 'workspace:*', '1 | 2', '>=1,<2', '1 || two', '01.x.y.z'])(
    '"%s" is none',
    (range) => {
      expect(isRange(range)).toBe(false);
      expect(() => isInRange('1.0.0', range)).toThrow(
        `"${range}" is no range of versions; expected one like ^1.2 or >=1 <3`,
      );
    },
  );

  it.each(['1', '1.2', 'one', ''])('is asked of versions, which "%s" is not', (version) => {
    expect(() => isInRange(version, '*')).toThrow(`"${version}" is no version; expected one like 1.2.3`);
  });
});

describe('the operators', () => {
  const number = fc.integer({ min: 0, max: 4 });
  const version = fc.tuple(number, number, number);
  const text = (numbers: readonly number[]): string => numbers.join('.');
  const order = (a: readonly number[], b: readonly number[]): number =>
    Math.sign(a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);

  it('agree with the order of versions', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isInRange(text(a), `>=${text(b)}`)).toBe(order(a, b) >= 0);
        expect(isInRange(text(a), `<${text(b)}`)).toBe(order(a, b) < 0);
        expect(isInRange(text(a), text(b))).toBe(order(a, b) === 0);
      }),
    );
  });

  it('caret and tilde keep what comes before the number that may grow', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const kept = b[0] > 0 ? 1 : b[1] > 0 ? 2 : 3;
        const keeps = (count: number): boolean => text(a.slice(0, count)) === text(b.slice(0, count));
        expect(isInRange(text(a), `^${text(b)}`)).toBe(order(a, b) >= 0 && keeps(kept));
        expect(isInRange(text(a), `~${text(b)}`)).toBe(order(a, b) >= 0 && keeps(2));
      }),
    );
  });

  it('several that are all meant have what all of them have, and alternatives what one of them has', () => {
    const range = fc
      .tuple(fc.constantFrom('^', '~', '>=', '<', '<=', '>', '='), version)
      .map(([sign, v]) => sign + text(v));
    fc.assert(
      fc.property(version, range, range, (v, a, b) => {
        const [inA, inB] = [isInRange(text(v), a), isInRange(text(v), b)];
        expect(isInRange(text(v), `${a} ${b}`)).toBe(inA && inB);
        expect(isInRange(text(v), `${a} || ${b}`)).toBe(inA || inB);
      }),
    );
  });
});
