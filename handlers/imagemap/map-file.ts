/** A point of an image, in pixels from its upper left corner. */
export type Point = readonly [x: number, y: number];

/** One line of a map that says where something leads. */
export interface MapArea {
  /** `poly`, `circle`, `rect` or `point`; other words are listed in menus only. */
  readonly shape: string;
  readonly target: string;
  /** The words for menus. */
  readonly text: string | undefined;
  readonly points: readonly Point[];
}

/** What a line of a map says. */
export type MapLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'base'; readonly target: string }
  | { readonly kind: 'default'; readonly target: string; readonly text: string | undefined }
  | ({ readonly kind: 'area' } & MapArea);

/**
 * Reads a map file line by line: `directive target ["words"] [x,y …] ["words"]`; a backslash at the end continues a line.
 * Throws, as it comes there, an Error that names the file and the line where there are fewer than two words.
 */
export function* readMap(text: string, filename: string): Generator<MapLine, void> {
  let held = '';
  for (const [index, part] of text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .entries()) {
    held += part;
    if (held.endsWith('\\')) {
      held = held.slice(0, -1);
      continue;
    }
    yield readLine(held.trim(), () => `${filename}:${index + 1}`);
    held = '';
  }
}

function readLine(line: string, where: () => string): MapLine {
  if (line === '') return { kind: 'blank' };
  if (line.startsWith('#')) return { kind: 'comment', text: line.slice(1) };
  const [, directive = '', target, rest = ''] = /^(\S+)(?:\s+(\S+)(.*))?$/s.exec(line)!;
  if (target === undefined) throw new Error(`${where()}: expected a shape and a target, but there is only "${line}"`);
  const shape = directive.toLowerCase();
  if (shape.startsWith('base')) return { kind: 'base', target };
  const [, before, numbers = '', after] = /^\s*(?:"([^"]*)"?)?([^"]*)(?:"([^"]*)"?)?/s.exec(rest)!;
  const text = before ?? after;
  return shape === 'default'
    ? { kind: 'default', target, text: before }
    : { kind: 'area', shape, target, text, points: readPoints(numbers) };
}

function readPoints(numbers: string): readonly Point[] {
  const points: Point[] = [];
  const pair = /\s*(-?\d+(?:\.\d+)?)[, ]+(-?\d+(?:\.\d+)?)/y;
  for (let found = pair.exec(numbers); found !== null; found = pair.exec(numbers)) {
    points.push([Number(found[1]), Number(found[2])]);
  }
  return points;
}
