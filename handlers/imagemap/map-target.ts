/** What a map leads to when it doesn't lead to a URL. */
export type MapAnswer = 'error' | 'nocontent';

/** Where the words of a map lead from. */
export interface MapPlace {
  /** The URL of the map. */
  readonly map: string;
  /** The page that the client came from; empty where it doesn't say. */
  readonly referer: string;
}

/** A target as it stands in a map, with the words that have a meaning replaced; relative ones stay relative. */
export function readTarget(target: string, { map, referer }: MapPlace): string {
  const word = target.toLowerCase();
  if (word === 'map' || word === 'menu') return map;
  if (word === 'referer') return referer;
  return isAnswer(word) ? word : target;
}

/** The word for an answer without a URL. */
export function isAnswer(target: string): target is MapAnswer {
  return target === 'error' || target === 'nocontent';
}

/** `target` as a URL, or as a path of this server, seen from `base`. Throws an Error where it leads above the root. */
export function resolveTarget(target: string, base: string): string {
  if (isAnswer(target) || /^[a-z]+:/i.test(target)) return target;
  if (base === '') return target === '' ? '/' : target;
  const [, origin = '', path = ''] = /^((?:[a-z]+:)?\/\/[^/]*)?(.*)$/is.exec(base)!;
  if (target.startsWith('/')) return origin + target;
  // The names of the folders that the base is in; `..` in the root itself still is the root.
  const folders = path.split('/').slice(1, -1);
  let climbs = 0;
  let rest = target;
  for (; rest === '..' || rest.startsWith('../'); rest = rest.slice(3)) climbs++;
  if (climbs > Math.max(folders.length, 1)) throw new Error(`"${target}" leads above the root of "${base}"`);
  const above = folders.slice(0, Math.max(folders.length - climbs, 0)).map((name) => `/${name}`);
  return `${origin}${above.join('')}/${rest}`;
}
