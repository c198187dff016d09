/** The codings of a Content-Encoding without gzip at the end of them; undefined where that isn't the last one. */
export function withoutGzip(encoding: string | undefined): readonly string[] | undefined {
  const codings = (encoding ?? '').split(',').map((name) => name.trim());
  return /^(?:x-)?gzip$/i.test(codings.at(-1)!) ? codings.slice(0, -1) : undefined;
}
