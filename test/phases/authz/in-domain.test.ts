import { describe, expect, it } from '@jest/globals';
import { isInDomain } from '../../../phases/authz/in-domain.ts';

describe('a host in a domain', () => {
  it.each([
    ['example.org', 'example.org', true],
    ['www.example.org', 'example.org', true],
    ['WWW.Example.ORG', 'example.org', true],
    ['www.example.org', '.example.org', true],
    ['www.example.org', 'Example.Org', true],
    ['badexample.org', 'example.org', false],
    ['example.org', '.example.org', false],
    ['example.org.evil.net', 'example.org', false],
    ['example.org', '', false],
    ['org', 'example.org', false],
  ])('%s in %s: %p', (name, domain, expected) => {
    expect(isInDomain(name, domain)).toBe(expected);
  });
});
