import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Table, TooLateError } from '../../index.ts';

describe('a table', () => {
  it('finds names in any case of letters and keeps their spelling and order', () => {
    const table = new Table(['X-One', '1', 'Two', '2', 'x-one', '3']);
    expect(table.get('x-ONE')).toBe('1');
    expect(table.getAll('X-one')).toEqual(['1', '3']);
    expect(table.has('TWO')).toBe(true);
    expect([...table]).toEqual([
      ['X-One', '1'],
      ['Two', '2'],
      ['x-one', '3'],
    ]);
    expect([...table.keys()]).toEqual(['X-One', 'Two', 'x-one']);
    expect(table.size).toBe(3);
  });

  it('replaces all values with set, in the place of the first', () => {
    expect([...new Table(['a', '1', 'b', '2', 'A', '3']).set('A', 4)]).toEqual([
      ['a', '4'],
      ['b', '2'],
    ]);
  });

  it('adds with append and removes all with delete', () => {
    const table = new Table().append('a', '1').append('A', 2);
    expect(table.getAll('a')).toEqual(['1', '2']);
    expect([table.delete('a'), table.delete('a'), table.size]).toEqual([true, false, 0]);
  });

  it('merges into a list once, in any case of letters', () => {
    const table = new Table().merge('Vary', 'Accept').merge('vary', 'Cookie').merge('VARY', 'accept');
    expect([...table]).toEqual([['Vary', 'Accept, Cookie']]);
  });

  it('is harmless with the names of Object', () => {
    const table = new Table();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(table.has(name)).toBe(false);
      expect(table.set(name, 'x').get(name)).toBe('x');
    }
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it.each([undefined, null, {}, true])('takes no %p', (value) => {
    expect(() => new Table().set('X-A', value as never)).toThrow('a table holds text, but X-A was given');
    expect(() => new Table().append('X-A', value as never)).toThrow(TypeError);
  });

  it('refuses every change once it is sealed, but can be read and copied', () => {
    const table = new Table(['a', '1']);
    table.seal('it is over');
    for (const change of [
      () => table.set('a', '2'),
      () => table.append('b', '2'),
      () => table.merge('a', '2'),
      () => table.delete('a'),
      () => table.clear(),
    ]) {
      expect(change).toThrow(TooLateError);
      expect(change).toThrow("can't be changed: it is over");
    }
    expect(table.copy().set('a', '2').get('a')).toBe('2');
    expect(table.toFlat()).toEqual(['a', '1']);
  });

  it('behaves like a list of pairs', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'B', '__proto__');
    const action = fc.tuple(fc.constantFrom('set', 'append', 'delete'), name, fc.string());
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const table = new Table();
        let model: [string, string][] = [];
        const same =
          (a: string) =>
          ([b]: [string, string]) =>
            a.toLowerCase() === b.toLowerCase();
        for (const [kind, key, value] of actions) {
          if (kind === 'append') {
            table.append(key, value);
            model.push([key, value]);
          } else if (kind === 'delete') {
            table.delete(key);
            model = model.filter((pair) => !same(key)(pair));
          } else {
            table.set(key, value);
            const first = model.find(same(key));
            model =
              first === undefined
                ? [...model, [key, value]]
                : model
                    .filter((pair) => pair === first || !same(key)(pair))
                    .map((pair) => (pair === first ? [pair[0], value] : pair));
          }
          expect([...table]).toEqual(model);
        }
      }),
    );
  });
});
