import { describe, expect, it } from '@jest/globals';
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
