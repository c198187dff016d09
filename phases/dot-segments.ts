import { httpError } from '../core/verdict.ts';

/**
 * Gives `filename` back, which was glued together from a config's text and pieces of a request. The path of a request has no
 * dot segments, but a piece of it may become one: `/files../x` by `^/files(.*)$`. Throws a 403 where one has.
 */
export function withoutDotSegments(filename: string): string {
  if (!/(?:^|\/)\.\.?(?:\/|$)/.test(filename)) return filename;
  throw httpError(403, `the request was mapped to ${filename}, which leads out of its folder`);
}
