/** A decoded path as it is written in a URL; `?`, `#` and `%` in file names stay part of the path. */
export function escapePath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
