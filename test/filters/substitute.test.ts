import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { SubstituteRun } from '../../filters/substitute/substitute-run.ts';
import { parseSubstitution } from '../../filters/substitute/substitution.ts';
import type { BrigadeFilter } from '../../core/filter/filter.ts';
import { runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = { fail: (message: string) => { throw new Error(message); } } as unknown as DirectiveSite; // prettier-ignore

function substituting(rules: readonly string[], longest = 1_000): BrigadeFilter {
  const parsed = rules.map((rule) => parseSubstitution(rule, site));
  return {
    brigade(brigade, f) {
      f.remove();
      f.insertNext(new SubstituteRun(parsed, longest));
      return brigade;
    },
  };
}

async function substitute(text: string, ...rules: string[]): Promise<string> {
  return Buffer.concat(await runFilter(substituting(rules), [text])).toString();
}

describe('SUBSTITUTE', () => {
  it.each([
    ['hello\nhello hello', ['s/hello/bye/'], 'bye\nbye bye'],
    ['Hello hello', ['s/HELLO/bye/i'], 'bye bye'],
    ['a.b axb', ['s/a.b/X/n'], 'X axb'],
    ['a/b', ['s|a/b|$0$0|'], 'a/ba/b'],
    ['John Smith', ['s/(\\w+) (\\w+)/$2, $1/'], 'Smith, John'],
    ['price', ['s/price/\\$1/'], '$1'],
    ['one\ntwo', ['s/$/!/'], 'one\n!two!'],
    ['one\ntwo\n', ['s/^/> /'], '> one\n> two\n'],
    ['Grüße', ['s/ü/ue/', 's/ß/ss/n'], 'Gruesse'],
    ['hello world', ['s/hello/bye/', 's/bye world/ciao/'], 'ciao'],
    ['hello world', ['s/hello/bye/q', 's/bye world/ciao/'], 'bye world'],
    ['', ['s/a/b/'], ''],
    ['aaa', ['s/a*/b/'], 'bb'],
  ])('makes of %j by %j, however it comes, %j', async (text, rules, expected) => {
    await expect(substitute(text, ...rules)).resolves.toBe(expected);
  });

  it('changes nothing of any bytes where nothing matches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const out = await runFilter(substituting(['s/this never comes in a test/x/']), [bytes]);
        expect(Buffer.concat(out)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it('replaces plain text as String.replaceAll does', async () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(letters, async (text) => {
        await expect(substitute(text, 's/ab/c/n')).resolves.toBe(text.replaceAll('ab', 'c'));
      }),
      { numRuns: 30 },
    );
  });

  it('fails on a line that is too long, even before its end', async () => {
    await expect(runFilter(substituting(['s/a/b/'], 10), ['x'.repeat(11)])).rejects.toThrow(
      'SUBSTITUTE met a line of more than 10 bytes; SubstituteMaxLineLength allows longer ones',
    );
  });

  it('fails on a line that becomes too long', async () => {
    await expect(runFilter(substituting(['s/a/aaaa/'], 10), ['aaaa\n'])).rejects.toThrow('more than 10 bytes');
  });
});

const folder = makeSite({ 'a.txt': 'hello\n', 'long.txt': 'x'.repeat(2_000) });

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(`${folder}/httpd.conf`, `DocumentRoot .\nSetOutputFilter SUBSTITUTE\n${lines}\n`);
  return testApp(`${folder}/httpd.conf`);
}

describe('the directives of SUBSTITUTE', () => {
  it('answer 500 to a line that is too long', async () => {
    const listener = await app('SubstituteMaxLineLength 1k\nSubstitute s/a/b/');
    await request(listener).get('/long.txt').expect(500);
    await request(listener).get('/a.txt').expect(200, 'hello\n');
  });

  it('drop what was said of the original', async () => {
    const { headers } = await request(await app('Substitute s/hello/bye/'))
      .get('/a.txt')
      .expect(200, 'bye\n');
    expect(headers['content-length']).toBe('4');
    for (const name of ['etag', 'last-modified', 'accept-ranges']) expect(headers).not.toHaveProperty(name);
  });

  it.each([
    ['Substitute hello', 'Substitute takes s/pattern/replacement/'],
    ['Substitute s//x/', 'Substitute takes s/pattern/replacement/'],
    ['Substitute s/a/b/c/d', 'Substitute takes s/pattern/replacement/'],
    ['Substitute s/a/b/g', 'Substitute knows the flags i, n, f and q, not "g"'],
    ['Substitute s/(/b/', 'httpd.conf:3'],
    ['SubstituteMaxLineLength 0', 'SubstituteMaxLineLength takes a size such as 65536 or 2m, not "0"'],
    ['SubstituteMaxLineLength 1t', 'not "1t"'],
  ])('refuse %s', async (line, message) => {
    await expect(app(line)).rejects.toThrow(message);
  });
});
