import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileHostPattern } from '../../../phases/vhost-alias/host-pattern.ts';

function expand(path: string, name: string): string {
  const pattern = compileHostPattern(path);
  if (typeof pattern === 'number') throw new Error(`fault in column ${pattern}`);
  return pattern(name, 8080);
}

describe('a path with parts of a name', () => {
  it.each([
    ['/%0', '/www.Example.test', '/www.example.test'],
    ['/%1/%2/%3', 'a.b.c', '/a/b/c'],
    ['/%-1/%-2/%-3', 'a.b.c', '/c/b/a'],
    ['/%2+', 'a.b.c.d', '/b.c.d'],
    ['/%-2+', 'a.b.c.d', '/a.b.c'],
    ['/%4', 'a.b.c', '/_'],
    ['/%-4+', 'a.b.c', '/_'],
    ['/%1.1/%1.-1/%1.9', 'word.x', '/w/d/_'],
    ['/%1.2+/%1.-2+', 'word.x', '/ord/wor'],
    ['/%0.3', 'a.b', '/b'],
    ['/%p/%%/%1', 'a', '/8080/%/a'],
    ['/plain', 'a', '/plain'],
  ])('%s of %s is %s', (path, name, expected) => {
    expect(expand(path, name.replace(/^\//, ''))).toBe(expected);
  });

  it.each([
    ['/a/%', 4],
    ['/%a', 2],
    ['/%1.x', 2],
    ['/%1/%-', 5],
    ['/%+1', 2],
  ])('%s has its fault in column %i', (path, column) => {
    expect(compileHostPattern(path)).toBe(column);
  });

  it('gives back the name from its labels, and a label from its letters', () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,9}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 5 }), (labels) => {
        const name = labels.join('.');
        expect(expand('%1%%%2+', name)).toBe(`${labels[0]}%${labels.slice(1).join('.')}`);
        expect(expand('%-2+', name)).toBe(labels.slice(0, -1).join('.'));
        expect(expand('%-1.1+', name)).toBe(labels.at(-1));
      }),
    );
  });
});
