import type { MapLine, Point } from './map-file.ts';
import { type MapPlace, readTarget, resolveTarget } from './map-target.ts';
import { distance, shapes } from './shapes.ts';

/** The place that was clicked: the query of the request. Nothing, and the origin that text browsers send, is no place. */
export function readPoint(args: string | undefined): Point | undefined {
  const [before = '', after = ''] = /^([^,]*),?(.*)$/s.exec(args ?? '')!.slice(1);
  const x = firstNumber(before);
  const y = firstNumber(after);
  return x === undefined || y === undefined || (x === 0 && y === 0) ? undefined : [x, y];
}

/**
 * Where a map leads: to the target of the first shape around the point, else of the nearest `point`, else the map's
 * default or `otherwise`. Throws as `resolveTarget` does.
 */
export function findTarget(
  lines: Iterable<MapLine>,
  point: Point | undefined,
  { base, otherwise }: { readonly base: string; readonly otherwise: string },
  place: MapPlace,
): string {
  let from = base;
  let fallback = otherwise;
  let nearest: { readonly target: string; readonly distance: number } | undefined;
  const urlOf = (target: string): string => resolveTarget(readTarget(target, place), from);
  for (const line of lines) {
    if (line.kind === 'base') from = resolveTarget(readTarget(line.target, place), '');
    else if (line.kind === 'default') fallback = line.target;
    else if (line.kind === 'area' && point !== undefined) {
      if (shapes.get(line.shape)?.(point, line.points) === true) return urlOf(line.target);
      const [at] = line.points;
      if (line.shape !== 'point' || at === undefined) continue;
      const far = distance(point, at);
      if (nearest === undefined || far < nearest.distance) nearest = { target: line.target, distance: far };
    }
  }
  return urlOf(nearest?.target ?? fallback);
}

function firstNumber(text: string): number | undefined {
  const found = /\d+(?:\.\d*)?/.exec(text);
  return found === null ? undefined : Number(found[0]);
}
