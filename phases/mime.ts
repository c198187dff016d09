import type { Config, Context, Directive, DirectiveSite } from '../core/config/directive.ts';
import { filterNames } from '../core/directives/filter-directives.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK } from '../core/verdict.ts';
import { makesContent } from './makes-content.ts';
import { addDirective, removeDirective } from './mime/extension-directives.ts';
import { multiviewsMatchDirective } from './mime/multiviews-match.ts';
import { typesConfigDirective } from './mime/types-config.ts';
import { type FileMetadata, type MimeMap, extensionsOf, extensionsStart, readExtensions } from './mime-map.ts';

type MimeInput = readonly [value: string, ...extensions: string[]];
/** All of these directives write to the value of `addType`. */
type AddDirective = Directive<string | MimeInput | readonly MimeInput[], MimeMap>;
type RemoveDirective = Directive<string | readonly string[], MimeMap>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A content type and the extensions that mean it. */
    addType: AddDirective;
    /** A content encoding and the extensions that mean it. */
    addEncoding: AddDirective;
    /** A language and the extensions that mean it. */
    addLanguage: AddDirective;
    /** A charset and the extensions that mean it. */
    addCharset: AddDirective;
    /** A named handler and the extensions whose files it serves. */
    addHandler: AddDirective;
    /** Output filters, `A;B`, and the extensions whose files go through them. */
    addOutputFilter: AddDirective;
    /** Input filters, `A;B`, and the extensions whose files take bodies through them. */
    addInputFilter: AddDirective;
    /** Extensions that mean no content type any more, whoever gave it. */
    removeType: RemoveDirective;
    removeEncoding: RemoveDirective;
    removeLanguage: RemoveDirective;
    removeCharset: RemoveDirective;
    removeHandler: RemoveDirective;
    removeOutputFilter: RemoveDirective;
    removeInputFilter: RemoveDirective;
    /** The language of files whose extensions name none. */
    defaultLanguage: Directive<string, string | undefined>;
    /** Whether the extensions are looked for in the path info. */
    modMimeUsePathInfo: Directive<boolean>;
    /** The content type of every file here, whatever its extensions; `None` takes an outer one back. */
    forceType: Directive<string, string | undefined>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Content type, charset, encoding, languages and handler, by the extensions of the file. */
export const mime = definePlugin({
  name: 'mime',
  aliases: ['mod_mime', 'mime_module'],
  directives: {
    AddType: {
      ...addDirective('content-type', 'A content type and the extensions that mean it.', (type, site) => ({
        type: checkedType(type.toLowerCase(), site),
      })),
      default: new Map(),
    },
    AddEncoding: {
      ...addDirective('encoding', 'A content encoding and the extensions that mean it.', (name) => ({
        encoding: name.toLowerCase(),
      })),
      into: 'addType',
    },
    AddLanguage: {
      ...addDirective('language', 'A language and the extensions that mean it.', (language) => ({
        language: language.toLowerCase(),
      })),
      into: 'addType',
    },
    AddCharset: {
      ...addDirective('charset', 'A charset and the extensions that mean it.', (name) => ({
        charset: name.toLowerCase(),
      })),
      into: 'addType',
    },
    AddHandler: {
      ...addDirective('handler-name', 'A named handler and the extensions whose files it serves.', (handler) => ({
        handler: handler.toLowerCase(),
      })),
      into: 'addType',
    },
    AddOutputFilter: {
      ...addDirective(
        'filter[;filter…]',
        'Output filters and the extensions whose files go through them.',
        (names, site) => ({ outputFilters: filterNames(names, 'output filter', site) }),
      ),
      into: 'addType',
    },
    AddInputFilter: {
      ...addDirective(
        'filter[;filter…]',
        'Input filters and the extensions of the files that take bodies through them.',
        (names, site) => ({ inputFilters: filterNames(names, 'input filter', site) }),
      ),
      into: 'addType',
    },
    RemoveType: removeDirective('the content type', 'type'),
    RemoveEncoding: removeDirective('the encoding', 'encoding'),
    RemoveLanguage: removeDirective('the language', 'language'),
    RemoveCharset: removeDirective('the charset', 'charset'),
    RemoveHandler: removeDirective('the handler', 'handler'),
    RemoveOutputFilter: removeDirective('the output filters', 'outputFilters'),
    RemoveInputFilter: removeDirective('the input filters', 'inputFilters'),
    TypesConfig: typesConfigDirective,
    DefaultLanguage: {
      takes: 'one',
      usage: 'language',
      help: 'The language of files whose extensions name none.',
      contexts: everywhere,
      override: 'FileInfo',
    },
    ModMimeUsePathInfo: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether the extensions are looked for at the end of the path info, where there is any.',
      contexts: ['directory'],
      default: false,
    },
    MultiviewsMatch: multiviewsMatchDirective,
    ForceType: {
      takes: 'one',
      usage: 'content-type | None',
      help: 'The content type of every file here, whatever its extensions; None takes an outer one back.',
      contexts: everywhere,
      override: 'FileInfo',
      parse: ([type = '']) => (type.toLowerCase() === 'none' ? undefined : type),
    },
  },
  phases: {
    type: { handler: findType, pure: true },
    // In front of what handlers of this phase add: Apache adds them while it looks for the type.
    fixup: {
      order: 'first',
      when: ({ addType }) =>
        [...addType.values()].some((info) => (info.outputFilters ?? info.inputFilters ?? null) !== null),
      handler: addFilters,
    },
  },
});

function checkedType(type: string, site: DirectiveSite): string {
  if (!type.includes('/')) site.fail(`AddType takes a content type such as text/html, not "${type}"`);
  return type.replace(/\s*;\s*/g, '; ');
}

function findType(r: RequestRecord): typeof OK | typeof DECLINED {
  const { forceType } = r.config;
  // Where a handler is declared there needn't be a file; without a dot in the path it isn't looked for.
  if (makesContent(r.config) && !hasExtension(r)) return force(r, forceType);
  const { filename } = r;
  if (filename === undefined) return force(r, forceType);
  if (r.finfo?.isDirectory() === true) {
    // A declared handler's answer must not go out as a folder.
    if (!makesContent(r.config)) r.contentType = 'httpd/unix-directory';
    return OK;
  }
  describe(r, metadataOf(namedResource(r, filename), r.config));
  force(r, forceType);
  return r.contentType === undefined ? DECLINED : OK;
}

/** By config, what each list of extensions that has been met means there. */
const metadata = new WeakMap<Config, Map<string, FileMetadata>>();
const MEMORY = 1_000;

function metadataOf(filename: string, config: Config): FileMetadata {
  let known = metadata.get(config);
  if (known === undefined) metadata.set(config, (known = new Map()));
  const extensions = filename.slice(extensionsStart(filename));
  let found = known.get(extensions);
  if (found === undefined) {
    found = readExtensions(filename, config.addType, config.typesConfig);
    if (known.size >= MEMORY) known.clear();
    known.set(extensions, found);
  }
  return found;
}

function describe(r: RequestRecord, found: FileMetadata): void {
  const { defaultLanguage } = r.config;
  // A charset by extension beats one that is part of the type.
  r.contentType =
    found.charset === undefined ? found.type : found.type?.replace(charsetParameter, `charset=${found.charset}`);
  r.charset = found.charset;
  r.contentEncoding = found.encoding;
  r.contentLanguages =
    found.languages.length === 0 && defaultLanguage !== undefined ? [defaultLanguage] : found.languages;
  if (found.handler !== undefined) r.handler = found.handler;
}

const charsetParameter = /charset=(?:"[^"]*"|[^;\s]*)/;

/** The path whose extensions count. */
function namedResource(r: RequestRecord, filename: string): string {
  return r.config.modMimeUsePathInfo ? filename + r.pathInfo : filename;
}

function hasExtension({ uri, translatedFilename: filename }: RequestRecord): boolean {
  return filename !== undefined && (uri.includes('.') || filename.includes('.', filename.lastIndexOf('/')));
}

function force(r: RequestRecord, type: string | undefined): typeof OK | typeof DECLINED {
  if (type === undefined) return DECLINED;
  r.contentType = type;
  r.charset = undefined;
  return OK;
}

function addFilters(r: RequestRecord): typeof DECLINED {
  if (r.filename === undefined) return DECLINED;
  for (const extension of extensionsOf(namedResource(r, r.filename))) {
    const info = r.config.addType.get(extension);
    for (const name of info?.outputFilters ?? []) r.addOutputFilter(name);
    for (const name of info?.inputFilters ?? []) r.addInputFilter(name);
  }
  return DECLINED;
}
