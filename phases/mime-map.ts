import mimeTypes from 'mime-types';

/** What the config says about one extension; `null` where a Remove directive has taken it away. */
export interface ExtensionInfo {
  readonly type?: string | null;
  readonly encoding?: string | null;
  readonly language?: string | null;
  readonly charset?: string | null;
  readonly handler?: string | null;
  readonly inputFilters?: readonly string[] | null;
  readonly outputFilters?: readonly string[] | null;
}

/** One of the things that an extension can mean. */
export type ExtensionDimension = keyof ExtensionInfo;

/** By extension in lower case, without its dot. */
export type MimeMap = ReadonlyMap<string, ExtensionInfo>;

/** Content types by extension. */
export type TypeTable = ReadonlyMap<string, string>;

/** What the extensions of one file name say together. */
export interface FileMetadata {
  type: string | undefined;
  charset: string | undefined;
  encoding: string | undefined;
  handler: string | undefined;
  readonly languages: string[];
  /** The base name, and the extensions that say nothing about the content, as they are written. */
  readonly unknown: string[];
  /** One of the extensions says something. */
  isKnown: boolean;
}

/** The table that holds where TypesConfig names no other. */
export const usualTypes: TypeTable = new Map(Object.entries(mimeTypes.types));

/** Which of an extension's meanings let MultiViews take it for known, besides those of the content. */
export type AlsoKnown = (info: ExtensionInfo | undefined) => boolean;

const nothing: ExtensionInfo = {};

/**
 * Reads a file name's extensions: from the first dot that doesn't lead the name, in any order, whatever their letter case.
 * The last one counts for type, charset and handler; languages and encodings add up.
 */
export function readExtensions(
  filename: string,
  map: MimeMap,
  types: TypeTable = usualTypes,
  alsoKnown: AlsoKnown = never,
): FileMetadata {
  const [base = '', ...extensions] = segmentsOf(filename);
  const found: FileMetadata = {
    type: undefined,
    charset: undefined,
    encoding: undefined,
    handler: undefined,
    languages: [],
    unknown: [base],
    isKnown: false,
  };
  for (const written of extensions) {
    if (written === '') continue;
    const extension = written.toLowerCase();
    const own = map.get(extension);
    const info = own ?? nothing;
    const type = typeOf(extension, info, types);
    if (typeof type === 'string') found.type = type;
    if (typeof info.charset === 'string') found.charset = info.charset;
    if (typeof info.handler === 'string') found.handler = info.handler;
    if (typeof info.language === 'string') found.languages.push(info.language);
    if (typeof info.encoding === 'string') {
      found.encoding = found.encoding === undefined ? info.encoding : `${found.encoding}, ${info.encoding}`;
    }
    const meaning = [type, info.charset, info.language, info.encoding];
    if (meaning.some((value) => typeof value === 'string') || alsoKnown(own)) found.isKnown = true;
    else found.unknown.push(written);
  }
  return found;
}

/** What is declared as an encoding is none of the file's type: page.html.gz is a page. */
function typeOf(extension: string, { type, encoding }: ExtensionInfo, types: TypeTable): string | null | undefined {
  if (type !== undefined) return type;
  return typeof encoding === 'string' ? undefined : types.get(extension);
}

/** `.Page.HTML.gz` → `html`, `gz`; leading dots belong to the name. */
export function extensionsOf(filename: string): readonly string[] {
  return segmentsOf(filename)
    .slice(1)
    .map((extension) => extension.toLowerCase());
}

/** Where the dot of the first extension is, or the end of a name without any. */
export function extensionsStart(filename: string): number {
  let start = filename.lastIndexOf('/') + 1;
  while (filename.charAt(start) === '.') start++;
  const dot = filename.indexOf('.', start);
  return dot < 0 ? filename.length : dot;
}

/** The base name, and the extensions. */
function segmentsOf(filename: string): readonly string[] {
  const dot = extensionsStart(filename);
  const base = filename.slice(filename.lastIndexOf('/') + 1, dot);
  return dot === filename.length ? [base] : [base, ...filename.slice(dot + 1).split('.')];
}

/** Adds what an inner section says about extensions to what holds outside; per extension, member by member. */
export function mergeMimeMaps(outer: MimeMap, inner: MimeMap): MimeMap {
  const merged = new Map(outer);
  for (const [extension, info] of inner) merged.set(extension, { ...merged.get(extension), ...info });
  return merged;
}

/** The same for lines of one section: what a Remove directive names is gone, but for types wherever the line stands. */
export function combineMimeMaps(earlier: MimeMap, later: MimeMap): MimeMap {
  const combined = new Map(earlier);
  for (const [extension, info] of later)
    combined.set(extension, combineInfos(combined.get(extension) ?? nothing, info));
  return combined;
}

function combineInfos(earlier: ExtensionInfo, later: ExtensionInfo): ExtensionInfo {
  const removed = Object.entries(earlier).filter(([name, value]) => value === null && name !== 'type');
  return { ...earlier, ...later, ...Object.fromEntries(removed) };
}

function never(): boolean {
  return false;
}
