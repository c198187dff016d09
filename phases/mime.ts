import type { Context, Directive, DirectiveDeclaration } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK } from '../core/verdict.ts';
import { makesContent } from './makes-content.ts';
import { type ExtensionInfo, type MimeMap, extensionsOf, mergeMimeMaps, readExtensions } from './mime-map.ts';

type MimeInput = readonly [value: string, ...extensions: string[]];
/** All of these directives write to the value of `addType`. */
type MimeDirective = Directive<string | MimeInput | readonly MimeInput[], MimeMap>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A content type and the extensions that mean it. */
    addType: MimeDirective;
    /** A content encoding and the extensions that mean it. */
    addEncoding: MimeDirective;
    /** A language and the extensions that mean it. */
    addLanguage: MimeDirective;
    /** A charset and the extensions that mean it. */
    addCharset: MimeDirective;
    /** A named handler and the extensions whose files it serves. */
    addHandler: MimeDirective;
    /** Output filters, `A;B`, and the extensions whose files go through them. */
    addOutputFilter: MimeDirective;
    /** Input filters, `A;B`, and the extensions whose files take bodies through them. */
    addInputFilter: MimeDirective;
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
      ...extensionDirective('content-type', 'A content type and the extensions that mean it.', (type) => ({ type })),
      default: new Map(),
    },
    AddEncoding: {
      ...extensionDirective('encoding', 'A content encoding and the extensions that mean it.', (name) => ({
        encoding: name.toLowerCase(),
      })),
      into: 'addType',
    },
    AddLanguage: {
      ...extensionDirective('language', 'A language and the extensions that mean it.', (language) => ({ language })),
      into: 'addType',
    },
    AddCharset: {
      ...extensionDirective('charset', 'A charset and the extensions that mean it.', (name) => ({
        charset: name.toLowerCase(),
      })),
      into: 'addType',
    },
    AddHandler: {
      ...extensionDirective('handler-name', 'A named handler and the extensions whose files it serves.', (handler) => ({
        handler,
      })),
      into: 'addType',
    },
    AddOutputFilter: {
      ...extensionDirective(
        'filter[;filter…]',
        'Output filters and the extensions whose files go through them.',
        (names) => ({ outputFilters: splitNames(names) }),
      ),
      into: 'addType',
    },
    AddInputFilter: {
      ...extensionDirective(
        'filter[;filter…]',
        'Input filters and the extensions of the files that take bodies through them.',
        (names) => ({ inputFilters: splitNames(names) }),
      ),
      into: 'addType',
    },
    ForceType: {
      takes: 'one',
      usage: 'content-type | None',
      help: 'The content type of every file here, whatever its extensions; None takes an outer one back.',
      contexts: ['directory', '.htaccess'],
      override: 'FileInfo',
      parse: ([type = '']) => (type.toLowerCase() === 'none' ? undefined : type),
    },
  },
  phases: { type: { handler: findType, pure: true } },
  insertFilters: {
    before: ['core'],
    when: ({ addType }) =>
      [...addType.values()].some((info) => (info.outputFilters ?? info.inputFilters) !== undefined),
    insert: addFilters,
  },
});

function extensionDirective(
  what: string,
  help: string,
  info: (value: string) => ExtensionInfo,
): DirectiveDeclaration<MimeMap> {
  return {
    takes: 'iterate2',
    usage: `${what} extension …`,
    help,
    contexts: everywhere,
    override: 'FileInfo',
    parse: ([value = '', extension = '']) => new Map([[extension.replace(/^\./, '').toLowerCase(), info(value)]]),
    combine: mergeMimeMaps,
    merge: mergeMimeMaps,
  };
}

function splitNames(names: string): readonly string[] {
  return names.split(';').filter((name) => name !== '');
}

function findType(r: RequestRecord): typeof OK | typeof DECLINED {
  const { forceType, addType } = r.config;
  // Where a handler is declared there needn't be a file; without a dot in the path it isn't looked for.
  if (makesContent(r.config) && !hasExtension(r)) return force(r, forceType);
  const { filename } = r;
  if (filename === undefined) return force(r, forceType);
  if (r.finfo?.isDirectory() === true) {
    // A declared handler's answer must not go out as a folder.
    if (!makesContent(r.config)) r.contentType = 'httpd/unix-directory';
    return OK;
  }
  const found = readExtensions(filename, addType);
  r.contentType = found.type;
  r.charset = found.charset;
  r.contentEncoding = found.encoding;
  r.contentLanguages = found.languages;
  if (found.handler !== undefined) r.handler = found.handler;
  force(r, forceType);
  return r.contentType === undefined ? DECLINED : OK;
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

function addFilters(r: RequestRecord): void {
  if (r.filename === undefined) return;
  for (const extension of extensionsOf(r.filename)) {
    const info = r.config.addType.get(extension);
    for (const name of info?.outputFilters ?? []) r.addOutputFilter(name);
    for (const name of info?.inputFilters ?? []) r.addInputFilter(name);
  }
}
