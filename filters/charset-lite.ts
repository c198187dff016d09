import type { Config, Context, DirectiveDeclaration } from '../core/config/directive.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import type { FilterObject } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { codeOf } from '../core/thrown.ts';
import { httpError } from '../core/verdict.ts';
import { type Charset, loadCharset } from './charset-lite/charset.ts';
import { CharsetRun } from './charset-lite/charset-run.ts';

type Option = 'ImplicitAdd' | 'NoImplicitAdd' | 'TranslateAllMimeTypes' | 'NoTranslateAllMimeTypes';

/** What is undefined was not said. */
interface CharsetOptions {
  /** The filters are put in place without being named. */
  readonly implicitAdd?: boolean;
  /** Bodies of other types than `text/` and `message/` are translated, too. */
  readonly allTypes?: boolean;
}

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The charset of the files, which request bodies are translated to. */
    charsetSourceEnc: Directive<string, Charset | undefined>;
    /** The charset of the clients, which responses are translated to. */
    charsetDefault: Directive<string, Charset | undefined>;
    /** When bodies are translated: `NoImplicitAdd` only where XLATEOUT or XLATEIN is named, and of which types. */
    charsetOptions: Directive<Option | readonly Option[], CharsetOptions>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

const options: Readonly<Record<string, CharsetOptions>> = {
  implicitadd: { implicitAdd: true },
  noimplicitadd: { implicitAdd: false },
  translateallmimetypes: { allTypes: true },
  notranslateallmimetypes: { allTypes: false },
};
const optionNames: readonly Option[] = [
  'ImplicitAdd',
  'NoImplicitAdd',
  'TranslateAllMimeTypes',
  'NoTranslateAllMimeTypes',
];

/** Translates text from the charset of the files to that of the clients, and back. */
export const charsetLite = definePlugin({
  name: 'charset_lite',
  aliases: ['mod_charset_lite', 'charset_lite_module'],
  directives: {
    CharsetSourceEnc: charsetDirective('The charset of the files, which request bodies are translated to.'),
    CharsetDefault: charsetDirective('The charset of the clients, which responses are translated to.'),
    CharsetOptions: {
      takes: 'iterate',
      usage: optionNames.join(' | '),
      help: 'When bodies are translated: with NoImplicitAdd only where XLATEOUT or XLATEIN is named; of text and messages only, or of all types.',
      contexts: everywhere,
      override: 'FileInfo',
      default: {},
      defaultText: 'ImplicitAdd NoTranslateAllMimeTypes',
      parse: ([option = ''], site) =>
        options[option.toLowerCase()] ??
        site.fail(`CharsetOptions doesn't know "${option}"${didYouMean(option, optionNames)}`),
      combine: (earlier, later) => ({ ...earlier, ...later }),
      merge: (outer, inner) => ({ ...outer, ...inner }),
    },
  },
  outputFilters: {
    XLATEOUT: {
      brigade(brigade, f) {
        const { r } = f;
        f.remove();
        const translation = translationOf(r.config);
        if (translation === undefined || !isText(r.contentType, r.config) || isTranslatedOutside(r)) return brigade;
        if (/^text\//i.test(r.contentType!)) r.charset = translation.wire.name;
        f.insertNext(new CharsetRun(translation.file, translation.wire));
        return brigade;
      },
    },
  },
  inputFilters: {
    XLATEIN: {
      brigade(brigade, f) {
        f.remove();
        const translation = translationOf(f.r.config);
        if (translation !== undefined)
          f.insertNext(withFaultsAnswered(new CharsetRun(translation.wire, translation.file)));
        return brigade;
      },
    },
  },
  insertFilters: {
    order: 'last',
    when: (config) => config.charsetOptions.implicitAdd !== false && translationOf(config) !== undefined,
    insert: addFilters,
  },
});

function charsetDirective(help: string): DirectiveDeclaration<Charset | undefined> {
  return {
    takes: 'one',
    usage: 'charset',
    help,
    contexts: everywhere,
    override: 'FileInfo',
    parse: ([name = '']) => loadCharset(name),
  };
}

/** Undefined where nothing is to be translated. */
function translationOf({
  charsetSourceEnc: file,
  charsetDefault: wire,
}: Config): { readonly file: Charset; readonly wire: Charset } | undefined {
  if (file === undefined || wire === undefined) return undefined;
  return file.name.toLowerCase() === wire.name.toLowerCase() ? undefined : { file, wire };
}

function isText(type: string | undefined, { charsetOptions }: Config): boolean {
  return type !== undefined && (charsetOptions.allTypes === true || /^(?:text|message)\//i.test(type));
}

/** What a subrequest makes becomes a part of a body that is translated as a whole. */
function isTranslatedOutside({ main }: RequestRecord): boolean {
  return main !== undefined && translationOf(main.config) !== undefined && isText(main.contentType, main.config);
}

/** What can't be translated is the client's fault: 400. */
function withFaultsAnswered(run: CharsetRun): FilterObject {
  const answered = (work: () => void | Promise<void>): void | Promise<void> => {
    try {
      return work();
    } catch (error) {
      if (codeOf(error) === 'ERR_SLUICE_CHARSET') throw httpError(400, (error as Error).message);
      throw error;
    }
  };
  return { data: (chunk, f) => answered(() => run.data(chunk, f)), end: (f) => answered(() => run.end(f)) };
}

function addFilters(r: RequestRecord): void {
  if (!r.output.filters.some(({ name }) => name === 'XLATEOUT')) r.addOutputFilter('XLATEOUT');
  if (r.main === undefined && (r.method === 'POST' || r.method === 'PUT')) r.addInputFilter('XLATEIN');
}
