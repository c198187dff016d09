/**
 * The entity tag of a file by size and time, as nginx makes it.
 *
 * @param {import('node:fs').Stats} stats
 */
export function etagOf(stats) {
  return `"${Math.floor(stats.mtimeMs / 1000).toString(16)}-${stats.size.toString(16)}"`;
}
