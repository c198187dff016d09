import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRotatedTarget } from '../../../core/log/log-rotation.ts';

const none = { isDated: false, size: undefined, keep: undefined, link: undefined };

describe('parseRotatedTarget', () => {
  it.each([
    ['logs/access.log', { path: 'logs/access.log', rotation: undefined }],
    ['logs/my site.log', { path: 'logs/my site.log', rotation: undefined }],
    ['a.log size=500', { path: 'a.log', rotation: { ...none, size: 500 } }],
    ['my site.log size=2k keep=3', { path: 'my site.log', rotation: { ...none, size: 2048, keep: 3 } }],
    ['a.%F', { path: 'a.%F', rotation: { ...none, isDated: true } }],
    [
      'a.%Y-%m.log keep=12 link=a.log size=1G',
      { path: 'a.%Y-%m.log', rotation: { isDated: true, size: 1024 ** 3, keep: 12, link: 'a.log' } },
    ],
  ])('%s', (target, expected) => {
    expect(parseRotatedTarget(target)).toEqual(expected);
  });

  it('gives back the path and the options that were put together', () => {
    const path = fc.stringMatching(/^[\w./ -]*[\w.-]$/).filter((text) => !/^\s|\s\w+=/.test(text));
    const size = fc.integer({ min: 1, max: 999_999_999 });
    const keep = fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined });
    fc.assert(
      fc.property(path, size, keep, (name, bytes, old) => {
        const target = `${name} size=${bytes}${old === undefined ? '' : ` keep=${old}`}`;
        expect(parseRotatedTarget(target)).toEqual({ path: name, rotation: { ...none, size: bytes, keep: old } });
      }),
    );
  });

  it.each([
    ['a.log size=0', /size= takes a number of bytes/],
    ['a.log size=1T', /size= takes a number of bytes/],
    ['a.log size=1 keep=all', /keep= takes the number of old files/],
    ['a.log size=1 link=../b', /link= takes a name in the folder/],
    ['a.log keep=3', /a\.log never changes/],
  ])('refuses %s', (target, message) => {
    expect(() => parseRotatedTarget(target)).toThrow(message);
  });
});
