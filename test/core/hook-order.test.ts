import { describe, expect, it } from '@jest/globals';
import { orderHooks } from '../../core/hook-order.ts';
import type { HookPlace } from '../../core/plugin.ts';
import { testApp } from '../../testing/index.ts';

const order = (...hooks: readonly (readonly [plugin: string, place?: HookPlace])[]): string =>
  orderHooks(
    hooks.map(([plugin, place = {}]) => ({ plugin, place })),
    'fixup',
  )
    .map(({ plugin }) => plugin)
    .join(' ');

describe('the order of hooks', () => {
  it('is that of the plugins where nobody says anything', () => {
    expect(order(['b'], ['a'], ['c'])).toBe('b a c');
  });

  it('puts first before middle before last, stable within each', () => {
    expect(
      order(
        ['l1', { order: 'last' }],
        ['m1'],
        ['f1', { order: 'first' }],
        ['l2', { order: 'last' }],
        ['m2', { order: 'middle' }],
        ['f2', { order: 'first' }],
      ),
    ).toBe('f1 f2 m1 m2 l1 l2');
  });

  it('obeys before and after', () => {
    expect(order(['a', { after: ['c'] }], ['b'], ['c', { before: ['b'] }])).toBe('c a b');
  });

  it('lets names win over first and last', () => {
    expect(order(['late', { order: 'last', before: ['early'] }], ['early', { order: 'first' }])).toBe('late early');
  });

  it('does not mind names of plugins that are absent', () => {
    expect(order(['a', { after: ['gone'], before: ['missing'] }], ['b'])).toBe('a b');
  });

  it('keeps several hooks of one plugin in their order', () => {
    expect(order(['a', { order: 'last' }], ['a'], ['b', { after: ['a'] }])).toBe('a a b');
  });

  it('prints a circle', () => {
    expect(() => order(['a', { before: ['b'] }], ['b', { before: ['c'] }], ['c', { before: ['a'] }], ['d'])).toThrow(
      /the hooks of phase fixup can't be ordered: (?:a must run before b must run before c must run before a|b must run before c must run before a must run before b|c must run before a must run before b must run before c); remove one of these constraints/,
    );
  });

  it('is checked at start', async () => {
    const handler = (): 0 => 0;
    const plugins = [
      { name: 'hen', phases: { fixup: { handler, before: ['egg'] } } },
      { name: 'egg', phases: { fixup: { handler, before: ['hen'] } } },
    ];
    await expect(testApp({ plugins })).rejects.toThrow('must run before');
  });
});
