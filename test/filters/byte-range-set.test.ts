import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ByteRange, parseByteRanges } from '../../filters/byte-range-set.ts';
import type { RangeLimits } from '../../filters/range-limits.ts';

const usual: RangeLimits = { maxRanges: 200, maxRangeOverlaps: 20, maxRangeReversals: 20 };

function parse(header: string, limits: Partial<RangeLimits> = {}, length = 1_000): readonly ByteRange[] | undefined {
  return parseByteRanges(header, length, { ...usual, ...limits });
}

/** `0-1,5-6` for what a header asks of a body of 1,000 bytes. */
function rangesOf(specs: string, limits: Partial<RangeLimits> = {}): string | undefined {
  return parse(`bytes=${specs}`, limits)
    ?.map(({ first, last }) => `${first}-${last}`)
    .join(',');
}

describe('parseByteRanges', () => {
  it.each([
    ['0-99', '0-99'],
    ['990-', '990-999'],
    ['-10', '990-999'],
    ['-5000', '0-999'],
    ['990-5000', '990-999'],
    ['0-0,2-2', '0-0,2-2'],
    ['0-0,\t 2-2', '0-0,2-2'],
    ['0-1,,4-5,', '0-1,4-5'],
    ['500-600,0-1', '500-600,0-1'],
    ['0-1,1000-', '0-1'],
  ])('reads %s as %s', (specs, ranges) => {
    expect(rangesOf(specs)).toBe(ranges);
  });

  it.each([
    ['10-20,15-30', '10-30'],
    ['10-20,21-30', '10-30'],
    ['10-20,22-30', '10-20,22-30'],
    ['10-20,5-9', '5-20'],
    ['10-20,5-8', '10-20,5-8'],
    ['10-20,12-13', '10-20'],
    ['10-20,5-30', '5-30'],
    ['10-20,100-101,15-30', '10-20,100-101,15-30'],
    ['10-20,0-,40-50', '0-999'],
  ])('merges neighbours: %s becomes %s', (specs, ranges) => {
    expect(rangesOf(specs)).toBe(ranges);
  });

  it.each(['', ',', '5', 'a-b', '5-1', '-0', '-', '1 -2', '+1-2', '0-1,x', '0x1-2', '0-9999999999999999'])(
    'ignores the header with a bad list: %s',
    (specs) => {
      expect(parse(`bytes=${specs}`)).toBeUndefined();
    },
  );

  it('knows only bytes, in either case', () => {
    expect(parse('lines=0-1')).toBeUndefined();
    expect(parse('BYTES=0-1')).toEqual([{ first: 0, last: 1 }]);
  });

  it('gives an empty list where nothing lies inside the body', () => {
    expect(parse('bytes=1000-,2000-3000')).toEqual([]);
  });

  it('ignores lists that ask for more bytes than there are', () => {
    expect(rangesOf('0-600,700-800,100-600')).toBeUndefined();
  });

  it('takes 200 ranges, but not 201', () => {
    const many = (count: number): string => Array.from({ length: count }, (_, at) => `${at * 4}-${at * 4}`).join(',');
    expect(parse(`bytes=${many(200)}`)).toHaveLength(200);
    expect(rangesOf(many(201))).toBeUndefined();
  });

  it('takes 20 overlaps and 20 reversals, but not 21', () => {
    const growing = (count: number): string =>
      `5-5,${Array.from({ length: count }, (_, at) => `5-${at + 6}`).join(',')}`;
    const falling = (count: number): string =>
      Array.from({ length: count + 1 }, (_, at) => `${900 - at}-${901 - at}`).join(',');
    expect(rangesOf(growing(20))).toBe('5-25');
    expect(rangesOf(growing(21))).toBeUndefined();
    expect(rangesOf(falling(20))).toBe('880-901');
    expect(rangesOf(falling(21))).toBeUndefined();
  });

  it('takes as many as the config says', () => {
    expect(rangesOf('0-1,4-5', { maxRanges: 1 })).toBeUndefined();
    expect(rangesOf('0-1,2-5', { maxRanges: 1 })).toBe('0-5');
    expect(rangesOf('0-1,2-5', { maxRangeOverlaps: 0 })).toBeUndefined();
    expect(rangesOf('4-8,3-5', { maxRangeReversals: 0 })).toBeUndefined();
    expect(rangesOf('4-8,0-1', { maxRangeReversals: 0 })).toBe('4-8,0-1');
    const many = Array.from({ length: 240 }, (_, at) => `${at * 4}-${at * 4}`).join(',');
    expect(rangesOf(many, { maxRanges: Number.POSITIVE_INFINITY })).toBe(many);
  });

  it('takes an end that is longer than the body for all of it, but adds it to what else was asked for', () => {
    expect(rangesOf('-1001')).toBe('0-999');
    expect(rangesOf('1-2,4-8,-1001')).toBeUndefined();
  });

  it('covers exactly the bytes that were asked for, whatever the list', () => {
    const spec = fc
      .tuple(fc.nat(150), fc.option(fc.nat(150)))
      .map(([first, size]) => (size === null ? `${first}-` : `${first}-${first + size}`));
    const specs = fc.array(
      fc.oneof(
        spec,
        fc.integer({ min: 1, max: 150 }).map((suffix) => `-${suffix}`),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(specs, fc.integer({ min: 1, max: 120 }), (list, length) => {
        const ranges = parse(`bytes=${list.join(',')}`, {}, length);
        if (ranges === undefined) return;
        const covered = new Set<number>();
        for (const { first, last } of ranges) for (let at = first; at <= last; at++) covered.add(at);
        expect(ranges.every(({ first, last }) => first >= 0 && first <= last && last < length)).toBe(true);
        expect(covered).toEqual(bytesOf(list, length));
      }),
    );
  });

  it('takes any header without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, length) => {
        parse(header, {}, length);
        parse(`bytes=${header}`, {}, length);
      }),
    );
  });
});

/** Byte by byte, as the specification words it. */
function bytesOf(list: readonly string[], length: number): Set<number> {
  const bytes = new Set<number>();
  for (const spec of list) {
    const [first, last] = spec.split('-') as [string, string];
    const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
    const to = first === '' || last === '' ? length - 1 : Number(last);
    for (let at = from; at <= Math.min(to, length - 1); at++) bytes.add(at);
  }
  return bytes;
}
