/** A file's name as Apache writes it in a URL: escapes in lower case, and none for what may stand in a path. */
export function escapeName(name: string): string {
  return encodeURIComponent(name)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)
    .replace(/%../g, (escape) => escape.toLowerCase());
}
