import { describe, expect, it } from '@jest/globals';
import { explodingText, isLinear } from '../../core/exploding-expression.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';

describe('isLinear', () => {
  it.each([/^(a+)+$/, /^\/old\/(.*)$/, /^(?:[aA]|[aA][aA])+$/g])('is true of %s', (expression) => {
    expect(isLinear(expression)).toBe(true);
  });

  it.each([/(?=a)b/, /(a)\1/, /(?!a)b/])('is false of %s', (expression) => {
    expect(isLinear(expression)).toBe(false);
  });
});

describe('explodingText', () => {
  it.each([
    /(?=a)(a+)+$/,
    /^\/path\/(?=x)(x|xx)+$/,
    /^\/(?!admin)([\w-]+)*\/$/,
    /(a{1,30}){1,30}$/,
    /(?!b)(ab|a|b)*$/,
    /^(\d+)*\1$/,
    /^\/(?!x)(a+)+$/g,
  ])('finds one for %s', (expression) => {
    expect(explodingText(expression)).toBeDefined();
  });

  it('finds one with a lookbehind, unless this Node has a linear-time engine that takes it', () => {
    const expression = /(?<!b)(ab|a|b)*$/;
    expect(isLinear(expression) || explodingText(expression) !== undefined).toBe(true);
  });

  it.each([
    /^(?!\/admin)\/(.*)$/,
    /(?<=\/)([\w-]+)\/(\d+)$/,
    /^(.)(.)\2\1$/,
    /^\/(?=.*\d)(?=.*[a-z])[\w.-]{8,64}$/,
    /^\/[a-z]{2,40}(?:-[a-z]{2,40})?$/,
    /(?!)/,
  ])('finds none for %s', (expression) => {
    expect(explodingText(expression)).toBeUndefined();
  });
});

describe('compileRegularExpression', () => {
  it('refuses a pattern that explodes and that no linear-time engine can take', () => {
    expect(() => compileRegularExpression('^/(?!x)(a+)+$')).toThrow(
      /^bad regular expression "\^\/\(\?!x\)\(a\+\)\+\$": it would take years .* "\/.*a+" and so on/,
    );
  });

  it('takes one that the linear-time engine saves', () => {
    expect(compileRegularExpression('^(a+)+$').test(`${'a'.repeat(5000)}!`)).toBe(false);
  });
});
