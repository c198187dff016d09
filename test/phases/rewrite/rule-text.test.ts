import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fakeRequest } from '../../../testing/index.ts';
import { emptyRuleSet } from '../../../phases/rewrite/rewrite-config.ts';
import { RuleRun } from '../../../phases/rewrite/rule-run.ts';
import { compileTemplate } from '../../../phases/rewrite/template.ts';

function runOf(ruleGroups: string[], conditionGroups: string[]): RuleRun {
  const run = new RuleRun(fakeRequest({ url: '/path?query' }), '/path', emptyRuleSet);
  run.ruleGroups = ruleGroups;
  run.conditionGroups = conditionGroups;
  return run;
}

describe('The text of a rule', () => {
  it.each([
    ['$1-%1-$2', 'a-x-'],
    ['%{REQUEST_URI}?%{query_string}', '/path?query'],
    ['\\$1 \\%1 \\a \\\\', '$1 %1 a \\'],
    ['$ % $x %x ${ %{', '$ % $x %x ${ %{'],
    ['%{REQUEST_METHOD', '%{REQUEST_METHOD'],
    ['${nomap:$1|[%1]}', '[x]'],
    ['${nomap:$1}', ''],
    ['${nomap:${inner:a|b}|${inner:c|d}}', 'd'],
    ['%{NONSENSE}%{__proto__}%{constructor}', ''],
  ])('%s becomes %s', async (text, result) => {
    expect(await compileTemplate(text).read(runOf(['', 'a'], ['', 'x']))).toBe(result);
  });

  it('is expanded once: what the client sent is never read as a text of a rule', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (first, second) => {
        const text = await compileTemplate('<$1|%1>').read(runOf(['', first], ['', second]));
        expect(text).toBe(`<${first}|${second}>`);
      }),
    );
  });

  it('is never a reason to fail', async () => {
    const piece = fc.constantFrom('$', '%', '{', '}', ':', '|', '\\', '1', 'ENV', 'LA', 'HTTP:', 'a', '${', '%{', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        expect(typeof (await compileTemplate(pieces.join('')).read(runOf([], [])))).toBe('string');
      }),
    );
  });
});
