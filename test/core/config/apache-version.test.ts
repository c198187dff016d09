import { describe, expect, it } from '@jest/globals';
import { fitsVersion } from '../../../core/config/apache-version.ts';

describe('fitsVersion', () => {
  it.each([
    ['>= 2.4', true],
    ['>= 2.4.71', true],
    ['> 2.4.71', false],
    ['< 2.5', true],
    ['<= 2.4.7', false],
    ['= 2.4.71', true],
    ['2.4.71', true],
    ['2.4', false],
    ['== 2.4.70', false],
    ['> 1', true],
    ['~ ^2\\.4\\.', true],
    ['/^2\\.2/', false],
    ['= /^2\\.4/', true],
  ])('%s is %s', (words, expected) => {
    expect(fitsVersion(words.split(' '))).toBe(expected);
  });

  it.each(['=> 2.4', '2.4.x', '>= 2.4.1.1', '>= 2.4 2.5', '> /^2/'])('refuses %s', (words) => {
    expect(() => fitsVersion(words.split(' '))).toThrow(
      `<IfVersion> takes an operator (= == > >= < <= ~) and a version such as 2.4.7, not "${words}"`,
    );
  });
});
