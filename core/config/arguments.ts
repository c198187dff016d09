import type { ArgumentShape } from './directive.ts';

interface ArgumentCount {
  readonly least: number;
  readonly most: number;
  /** Fits in "takes …". */
  readonly words: string;
  /** A number between least and most that doesn't fit. */
  readonly not?: number;
}

const unlimited = Number.POSITIVE_INFINITY;

/** How many arguments a line of each shape has. */
export const argumentCounts: Readonly<Record<ArgumentShape, ArgumentCount>> = {
  none: { least: 0, most: 0, words: 'no arguments' },
  one: { least: 1, most: 1, words: 'one argument' },
  two: { least: 2, most: 2, words: 'two arguments' },
  three: { least: 3, most: 3, words: 'three arguments' },
  oneOrTwo: { least: 1, most: 2, words: 'one or two arguments' },
  twoOrThree: { least: 2, most: 3, words: 'two or three arguments' },
  oneToThree: { least: 1, most: 3, words: 'one, two or three arguments' },
  oneOrThree: { least: 1, most: 3, words: 'one or three arguments', not: 2 },
  any: { least: 0, most: unlimited, words: 'any number of arguments' },
  some: { least: 1, most: unlimited, words: 'at least one argument' },
  iterate: { least: 1, most: unlimited, words: 'at least one argument' },
  iterate2: { least: 2, most: unlimited, words: 'at least two arguments' },
  flag: { least: 1, most: 1, words: 'one argument' },
  raw: { least: 1, most: 1, words: 'at least one argument' },
};

/** Shapes of one argument, which may have blanks: in a TypeScript config an array is several lines. */
export const singleShapes: ReadonlySet<ArgumentShape> = new Set(['one', 'raw', 'flag']);

export function fitsShape(shape: ArgumentShape, count: number): boolean {
  const { least, most, not } = argumentCounts[shape];
  return count >= least && count <= most && count !== not;
}

/** The argument lists that `parse` is called with, one after the other. */
export function argumentLists<T>(shape: ArgumentShape, args: readonly T[]): readonly (readonly T[])[] {
  if (shape === 'iterate') return args.map((argument) => [argument]);
  if (shape === 'iterate2') return args.slice(1).map((argument) => [...args.slice(0, 1), argument]);
  return [args];
}
