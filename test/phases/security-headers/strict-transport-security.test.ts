import { describe, expect, it } from '@jest/globals';
import { parseTransportSecurity } from '../../../phases/security-headers/strict-transport-security.ts';

describe('parseTransportSecurity', () => {
  it.each([
    [['31536000'], 'max-age=31536000'],
    [['0'], 'max-age=0'],
    [['1 year', 'includesubdomains'], 'max-age=31536000; includeSubDomains'],
    [['2 years', 'preload', 'includeSubDomains'], 'max-age=63072000; includeSubDomains; preload'],
  ])('%j', (words, expected) => {
    expect(parseTransportSecurity(words)).toBe(expected);
  });

  it.each([
    [['soon'], /expected a number/],
    [['1 year', 'everywhere'], /expected includeSubDomains or preload/],
    [['1 year', 'preload'], /preload needs includeSubDomains/],
    [['1 month', 'includeSubDomains', 'preload'], /at least a year/],
  ])('refuses %j', (words, message) => {
    expect(() => parseTransportSecurity(words)).toThrow(message);
  });
});
