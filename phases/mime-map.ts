import mimeTypes from 'mime-types';

/** What the config says about one extension. */
export interface ExtensionInfo {
  readonly type?: string;
  readonly encoding?: string;
  readonly language?: string;
  readonly charset?: string;
  readonly handler?: string;
  readonly inputFilters?: readonly string[];
  readonly outputFilters?: readonly string[];
}

/** By extension in lower case, without its dot. */
export type MimeMap = ReadonlyMap<string, ExtensionInfo>;

/** What the extensions of one file name say together. */
export interface FileMetadata {
  type: string | undefined;
  charset: string | undefined;
  encoding: string | undefined;
  handler: string | undefined;
  readonly languages: string[];
}

const types: ReadonlyMap<string, string> = new Map(Object.entries(mimeTypes.types));
const nothing: ExtensionInfo = {};

/**
 * Reads a file name's extensions: from the first dot that doesn't lead the name, in any order, whatever their letter case.
 * The last one counts for type, charset and handler; languages and encodings add up.
 */
export function readExtensions(filename: string, map: MimeMap): FileMetadata {
  const found: FileMetadata = {
    type: undefined,
    charset: undefined,
    encoding: undefined,
    handler: undefined,
    languages: [],
  };
  for (const extension of extensionsOf(filename)) {
    const info = map.get(extension) ?? nothing;
    // What is declared as an encoding is none of the file's type: page.html.gz is a page.
    const type = info.type ?? (info.encoding === undefined ? types.get(extension) : undefined);
    if (type !== undefined) found.type = type;
    if (info.charset !== undefined) found.charset = info.charset;
    if (info.handler !== undefined) found.handler = info.handler;
    if (info.language !== undefined) found.languages.push(info.language);
    if (info.encoding !== undefined) {
      found.encoding = found.encoding === undefined ? info.encoding : `${found.encoding}, ${info.encoding}`;
    }
  }
  return found;
}

/** `.Page.HTML.gz` → `html`, `gz`; leading dots belong to the name. */
export function extensionsOf(filename: string): readonly string[] {
  let start = filename.lastIndexOf('/') + 1;
  while (filename.charAt(start) === '.') start++;
  const dot = filename.indexOf('.', start);
  return dot < 0
    ? none
    : filename
        .slice(dot + 1)
        .toLowerCase()
        .split('.');
}

const none: readonly string[] = [];

/** Adds what an inner section says about extensions to what holds outside; per extension, member by member. */
export function mergeMimeMaps(outer: MimeMap, inner: MimeMap): MimeMap {
  const merged = new Map(outer);
  for (const [extension, info] of inner) merged.set(extension, { ...merged.get(extension), ...info });
  return merged;
}
