import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { httpDate, listsTag, meetsConditions } from '../../core/conditional.ts';
import { OK } from '../../core/verdict.ts';
import { fakeRequest } from '../../testing/index.ts';

const time = Date.UTC(2024, 0, 2, 3, 4, 5);

describe('httpDate', () => {
  it.each([
    'Tue, 02 Jan 2024 03:04:05 GMT',
    'Tuesday, 02-Jan-24 03:04:05 GMT',
    'Tue Jan  2 03:04:05 2024',
    'Tue, 02 Jan 2024 03:04:05 GMT; length=26',
    'tue, 02 jan 2024 03:04:05 gmt',
  ])('reads %s', (text) => {
    expect(httpDate(text)).toBe(time);
  });

  it.each([
    '',
    'now',
    '2024-01-02T03:04:05Z',
    'Tue, 02 Jan 2024 03:04:05',
    'Tue, 32 Jan 2024 03:04:05 GMT',
    'Fri, 30 Feb 2024 03:04:05 GMT',
    'Tue, 00 Jan 2024 03:04:05 GMT',
    'Tue, 02 Foo 2024 03:04:05 GMT',
    'Tue, 02 Jan 2024 24:04:05 GMT',
    'Tue, 02 Jan 2024 03:60:05 GMT',
    'Tue, 2 Jan 2024 03:04:05 GMT',
  ])('makes nothing of %j', (text) => {
    expect(httpDate(text)).toBeUndefined();
  });

  it('takes years of two digits for the nearer century', () => {
    expect(new Date(httpDate('Sunday, 06-Nov-94 08:49:37 GMT')!).getUTCFullYear()).toBe(1994);
    expect(new Date(httpDate('Monday, 06-Nov-69 08:49:37 GMT')!).getUTCFullYear()).toBe(2069);
  });

  it('reads every date that it may have sent', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(httpDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      }),
    );
  });
});

describe('listsTag', () => {
  it.each([
    ['"a"', '"a"', true, true],
    ['W/"a"', '"a"', false, true],
    ['"a"', 'W/"a"', false, true],
    ['"x" , W/"a"', '"a"', false, true],
    ['"x,y","a"', '"a"', true, true],
    ['"x,\\"a"', '"a"', false, false],
    ['*', undefined, true, true],
    ['"a"', undefined, false, false],
    ['a', '"a"', false, false],
    ['w/"a"', '"a"', false, false],
    ['"x", *', '"a"', false, false],
    ['', '"a"', false, false],
    [', ,', '"a"', false, false],
  ])('of %j and %j, is %j by strong and %j by weak comparison', (list, etag, strong, weak) => {
    expect([listsTag(list, etag, true), listsTag(list, etag, false)]).toEqual([strong, weak]);
  });

  it('finds a tag wherever it stands in the list', () => {
    const tag = fc.string({ unit: fc.constantFrom('a', 'b', ',', ' ', 'W', '/') }).map((text) => `"${text}"`);
    fc.assert(
      fc.property(fc.array(tag), tag, fc.array(tag), (before, wanted, after) => {
        expect(listsTag([...before, wanted, ...after].join(', '), wanted, true)).toBe(true);
        expect(listsTag(before.join(','), wanted, true)).toBe(before.includes(wanted));
      }),
    );
  });
});

describe('meetsConditions', () => {
  const later = 'Wed, 03 Jan 2024 03:04:05 GMT';
  const earlier = 'Mon, 01 Jan 2024 03:04:05 GMT';

  it.each([
    [{ 'If-None-Match': '"a"' }, 'GET', 304],
    [{ 'If-None-Match': 'W/"a"' }, 'HEAD', 304],
    [{ 'If-None-Match': 'W/"a"', Range: 'bytes=0-1' }, 'GET', OK],
    [{ 'If-None-Match': '"a"' }, 'PUT', 412],
    [{ 'If-None-Match': '"x"', 'If-Modified-Since': later }, 'GET', OK],
    [{ 'If-None-Match': '"a"', 'If-Modified-Since': earlier }, 'GET', 304],
    [{ 'If-Match': '"a"', 'If-Unmodified-Since': earlier }, 'GET', OK],
    [{ 'If-Match': 'W/"a"' }, 'PUT', 412],
    [{ 'If-Match': 'W/"a", "a"' }, 'PUT', OK],
    [{ 'If-Unmodified-Since': earlier }, 'PUT', 412],
    [{ 'If-Unmodified-Since': later, 'If-Modified-Since': later }, 'GET', 304],
    [{ 'If-Modified-Since': later }, 'PUT', OK],
    [{ 'If-Modified-Since': 'Tue, 02 Jan 2094 03:04:05 GMT' }, 'GET', OK],
  ])('of %j in a %s gives %d', (headers, method, verdict) => {
    const r = fakeRequest({ method, headers });
    r.setEtag('"a"');
    r.setLastModified(time);
    expect(meetsConditions(r)).toBe(verdict);
  });
});
