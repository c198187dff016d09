/** The config's spelling of a regular expression given in a TypeScript config. */
export function patternSource({ source, flags }: RegExp): string {
  const kept = flags.replace(/[^ims]/g, '');
  return kept === '' ? source : `(?${kept})${source}`;
}
