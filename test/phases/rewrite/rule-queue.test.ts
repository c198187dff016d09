import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { testApp } from '../../../testing/index.ts';

/** Rules in pairs of pattern and flags; each that is applied adds its number to the query. */
function configOf(rules: readonly (readonly [pattern: string, flags: string])[], logLevel: string): object {
  return {
    logLevel: [logLevel],
    errorLog: '/dev/null',
    rewriteEngine: true,
    rewriteRule: [
      ...rules.map(([pattern, flags], at) => [pattern, '-', `[E=SEEN:%{ENV:SEEN}${at}.${flags}]`]),
      // The last one of a chain, and what is skipped.
      ['^', '-'],
      ['^', '/end?%{ENV:SEEN}', '[R,L]'],
    ],
  };
}

describe('RuleQueue', () => {
  it('leaves out no rule that would be applied', async () => {
    const pattern = fc.constantFrom('^/a', '^/ab', '^/A', 'b', '^(.*)$', '!^/a', '^/[ab]', 'B', '^/a/b', 'a/', '^/x|b');
    const flags = fc.constantFrom('', ',NC', ',C', ',S=1', ',NC,C');
    const rules = fc.array(fc.tuple(pattern, flags), { minLength: 1, maxLength: 12 });
    const path = fc.constantFrom('/', '/a', '/ab', '/A/b', '/a/b', '/x', '/b', '/aB');
    await fc.assert(
      fc.asyncProperty(rules, path, async (list, url) => {
        // A trace is of all rules, so with it none is left out.
        const [quick, traced] = await Promise.all(
          ['warn', 'trace8'].map(async (level) => {
            const answer = await request(await testApp(configOf(list, level))).get(url);
            return answer.headers['location'] as string;
          }),
        );
        expect(quick).toMatch(/^\/end/);
        expect(quick).toBe(traced);
      }),
      { numRuns: 60 },
    );
  });
});
