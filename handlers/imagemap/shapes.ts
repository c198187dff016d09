import type { Point } from './map-file.ts';

/** Says whether a point is in the shape that `points` describe; the edge belongs to it. */
export const shapes: ReadonlyMap<string, (point: Point, points: readonly Point[]) => boolean> = new Map([
  ['rect', isInRectangle],
  ['circle', isInCircle],
  ['poly', isInPolygon],
]);

/** The square of the distance: enough to compare. */
export function distance([x1, y1]: Point, [x2, y2]: Point): number {
  return (x1 - x2) ** 2 + (y1 - y2) ** 2;
}

/** Two opposite corners, in any order. */
function isInRectangle([x, y]: Point, [first, second]: readonly Point[]): boolean {
  if (first === undefined || second === undefined) return false;
  return isBetween(x, first[0], second[0]) && isBetween(y, first[1], second[1]);
}

/** The centre, and a point on the edge. */
function isInCircle(point: Point, [centre, edge]: readonly Point[]): boolean {
  return centre !== undefined && edge !== undefined && distance(centre, point) <= distance(centre, edge);
}

/** A ray to the right crosses the edges of a polygon an odd number of times. */
function isInPolygon([x, y]: Point, points: readonly Point[]): boolean {
  let isInside = false;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length]!;
    const side = (y - y1) * (x2 - x1) - (x - x1) * (y2 - y1);
    if (side === 0 && isBetween(x, x1, x2) && isBetween(y, y1, y2)) return true;
    if (y1 >= y !== y2 >= y && (y2 >= y1 ? side >= 0 : side <= 0)) isInside = !isInside;
  }
  return isInside;
}

function isBetween(value: number, one: number, other: number): boolean {
  return value >= Math.min(one, other) && value <= Math.max(one, other);
}
