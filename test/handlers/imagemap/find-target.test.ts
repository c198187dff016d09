import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTarget, readPoint } from '../../../handlers/imagemap/find-target.ts';
import { type Point, readMap } from '../../../handlers/imagemap/map-file.ts';
import { resolveTarget } from '../../../handlers/imagemap/map-target.ts';
import { shapes } from '../../../handlers/imagemap/shapes.ts';

const place = { map: '/maps/a.map', referer: '' };

function find(map: string, point: Point): string {
  return findTarget(readMap(map, 'a.map'), point, { base: place.map, otherwise: 'nocontent' }, place);
}

describe('a map', () => {
  it('leads to the first shape around the point, else to the nearest point, else to its default', () => {
    const map = 'point near 0,0\npoint far 100,100\nrect box 50,50 60,60\nrect other 50,50 70,70\n';
    expect(find(map, [55, 55])).toBe('/maps/box');
    expect(find(map, [65, 65])).toBe('/maps/other');
    expect(find(map, [10, 10])).toBe('/maps/near');
    expect(find('default /x', [1, 1])).toBe('/x');
    expect(find('', [1, 1])).toBe('nocontent');
  });

  it('goes on over a backslash at the end of a line', () => {
    expect(find('rect box \\\n1,1 3,3\n', [2, 2])).toBe('/maps/box');
  });

  it('reads any text without taking harm', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([...readMap(`rect x 0,0 1,1 "${text}"`, 'a.map')]).toHaveLength(1);
      }),
    );
  });
});

describe('shapes', () => {
  const coordinate = fc.integer({ min: 0, max: 50 });
  const point = fc.tuple(coordinate, coordinate);

  it('a polygon of four corners is the rectangle', () => {
    fc.assert(
      fc.property(point, point, point, (at, [x1, y1], [x2, y2]) => {
        const corners: Point[] = [
          [x1, y1],
          [x2, y1],
          [x2, y2],
          [x1, y2],
        ];
        const inRectangle = shapes.get('rect')!(at, [corners[0]!, corners[2]!]);
        expect(shapes.get('poly')!(at, corners)).toBe(inRectangle);
      }),
    );
  });

  it('a circle has its centre and its edge, and nothing outside of the square around it', () => {
    fc.assert(
      fc.property(point, coordinate, point, ([x, y], radius, at) => {
        const circle: Point[] = [
          [x, y],
          [x + radius, y],
        ];
        const isIn = shapes.get('circle')!;
        expect(isIn([x, y], circle) && isIn([x, y + radius], circle)).toBe(true);
        if (Math.abs(at[0] - x) > radius || Math.abs(at[1] - y) > radius) expect(isIn(at, circle)).toBe(false);
      }),
    );
  });

  it.each(['rect', 'circle', 'poly'])('%s without points has nothing in it', (shape) => {
    expect(shapes.get(shape)!([0, 0], [])).toBe(false);
  });
});

describe('the point of a query', () => {
  it.each([
    ['1,2', [1, 2]],
    ['x1,y2', [1, 2]],
    ['1.5,2.5', [1.5, 2.5]],
    ['0,5', [0, 5]],
    ['0,0', undefined],
    ['1', undefined],
    ['1,', undefined],
    [',1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (args, expected) => {
    expect(readPoint(args)).toEqual(expected);
  });
});

describe('a target', () => {
  it.each([
    ['x.html', '/a/b.map', '/a/x.html'],
    ['../x.html', '/a/b/c.map', '/a/x.html'],
    ['..', '/a/b/c.map', '/a/'],
    ['/x', 'http://h.test/a/b', 'http://h.test/x'],
    ['x', 'http://h.test', 'http://h.test/x'],
    ['../x', '/a', '/x'],
    ['../../x', '/a/b/c', '/x'],
    ['mailto:a@b', '/a', 'mailto:a@b'],
    ['x', '', 'x'],
    ['', '', '/'],
    ['', '/a/b', '/a/'],
    ['error', '/a/b', 'error'],
  ])('%j seen from %j is %j', (target, base, expected) => {
    expect(resolveTarget(target, base)).toBe(expected);
  });

  it('above the root is an error', () => {
    expect(() => resolveTarget('../../x', '/a/b')).toThrow('"../../x" leads above the root of "/a/b"');
  });
});
