import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type IndexQuery, readIndexQuery } from '../../../handlers/autoindex/index-query.ts';
import type { IndexFlag } from '../../../handlers/autoindex/index-options.ts';

const usual = { key: 'N', descending: false } as const;

function read(args: string | undefined, ...flags: readonly IndexFlag[]): IndexQuery {
  return readIndexQuery(args, usual, new Set(flags));
}

describe('readIndexQuery', () => {
  it.each([
    [undefined, 'N', false],
    ['', 'N', false],
    ['C=S;O=D', 'S', true],
    ['C=M&O=A', 'M', false],
    ['O=D', 'N', true],
    ['C=X;O=D', 'N', false],
    ['C=S;x;O=D', 'S', false],
    ['C=SS', 'N', false],
    ['c=S', 'N', false],
    ['C', 'N', false],
    ['__proto__=S', 'N', false],
  ] as const)('reads the order of %j', (args, key, descending) => {
    expect(read(args).order).toEqual({ key, descending });
  });

  it('reads form, natural order and pattern, and hands them on', () => {
    const query = read('F=2;V=1;P=*.t%78t;C=S');
    expect(query.flags).toEqual(new Set(['FancyIndexing', 'HTMLTable', 'VersionSort']));
    expect(query.pattern?.('a.txt')).toBe(true);
    expect(query.pattern?.('a.bin')).toBe(false);
    expect(query.handedOn).toBe(';F=2;V=1;P=*.txt');
    expect(read('F=0;V=0', 'FancyIndexing', 'HTMLTable', 'VersionSort').flags).toEqual(new Set());
    expect(read('F=1', 'HTMLTable').flags).toEqual(new Set(['FancyIndexing']));
  });

  it("makes nothing of a pattern that can't be decoded, and of any query under IgnoreClient", () => {
    expect(read('P=%zz;C=S').pattern).toBeUndefined();
    expect(read('C=S;O=D', 'IgnoreClient').order).toEqual(usual);
  });

  it('takes any query, and hands on nothing that would end an attribute or a part of the query', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `P=${encodeURIComponent(text)}`),
        ),
        (args) => {
          const { handedOn, pattern } = read(args);
          expect(handedOn).not.toMatch(/["<>&#\s]/);
          pattern?.('name');
        },
      ),
    );
  });
});
