import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ContentSecurityPolicy,
  overlayPolicies,
  parsePolicy,
  policyText,
} from '../../../phases/security-headers/content-security-policy.ts';

function text(policy: ContentSecurityPolicy): string {
  return policyText(policy, () => 'N');
}

describe('parsePolicy', () => {
  it.each([
    [['default-src', 'self'], "default-src 'self'"],
    [
      ['script-src', "'self'", 'NONCE', 'https://cdn.test:8443/a/'],
      "script-src 'self' 'nonce-N' https://cdn.test:8443/a/",
    ],
    [['style-src', 'sha256-abc+/=', '*.example.org', 'data:'], "style-src 'sha256-abc+/=' *.example.org data:"],
    [['upgrade-insecure-requests'], 'upgrade-insecure-requests'],
    [['sandbox'], 'sandbox'],
    [["default-src 'none'; img-src * ;"], "default-src 'none'; img-src *"],
    [['Frame-Ancestors', 'none'], "frame-ancestors 'none'"],
  ])('%j', (words, expected) => {
    expect(text(parsePolicy(words))).toBe(expected);
  });

  it.each([
    [['skript-src', 'self'], /no directive "skript-src".*script-src/],
    [['script-src'], /script-src takes at least one source/],
    [['upgrade-insecure-requests', 'self'], /takes no sources/],
    [['script-src', 'nonce-abc'], /a nonce is made for every request/],
    [['script-src', 'a,b'], /"a,b" can't be a source/],
    [['script-src', 'sélf'], /can't be a source/],
    [[' ; '], /a policy needs a directive/],
  ])('refuses %j', (words, message) => {
    expect(() => parsePolicy(words)).toThrow(message);
  });
});

describe('any words', () => {
  it('are refused, or make one header with one policy in it', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('script-src', 'self', ';', ',', '\r\n', "'"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        expect(textOrNothing(words)).toMatch(/^[\x20-\x2b\x2d-\x7e]*$/);
      }),
    );
  });
});

function textOrNothing(words: readonly string[]): string {
  try {
    return text(parsePolicy(['img-src', ...words]));
  } catch {
    return '';
  }
}

describe('overlayPolicies', () => {
  const outer = parsePolicy(['default-src self; img-src *']);

  it('lets the inner directive win and keeps the others', () => {
    expect(text(overlayPolicies(outer, parsePolicy(['img-src', 'none'])))).toBe("default-src 'self'; img-src 'none'");
  });

  it('forgets the outer policy at off, and goes on from there', () => {
    const inner = overlayPolicies(parsePolicy(['off']), parsePolicy(['img-src', 'none']));
    expect(text(overlayPolicies(outer, inner))).toBe("img-src 'none'");
  });
});
