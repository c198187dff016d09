import { didYouMean } from '../core/config/nearest-name.ts';
import { definePlugin } from '../core/plugin.ts';
import { parseDefinition } from './ext-filter/definition.ts';
import { type ExternalFilter, externalFilter } from './ext-filter/external-filter.ts';

type Option = 'LogStderr' | 'NoLogStderr' | 'Onfail=remove' | 'Onfail=abort';

/** What is undefined was not said. */
interface ExtFilterOptions {
  /** What programs write to standard error goes into the error log. */
  readonly logStderr?: boolean;
  /** Where a program can't be started, the body goes on without it. */
  readonly onFail?: 'remove' | 'abort';
}

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Declares a filter that is a program: `name mode=output cmd="program argument …"`. */
    extFilterDefine: Directive<string | readonly string[], ReadonlyMap<string, ExternalFilter>>;
    /** What becomes of errors of such programs. */
    extFilterOptions: Directive<Option | readonly Option[], ExtFilterOptions>;
  }
}

const options: Readonly<Record<string, ExtFilterOptions>> = {
  logstderr: { logStderr: true },
  nologstderr: { logStderr: false },
  'onfail=remove': { onFail: 'remove' },
  'onfail=abort': { onFail: 'abort' },
};
const optionNames: readonly Option[] = ['LogStderr', 'NoLogStderr', 'Onfail=remove', 'Onfail=abort'];

/** Programs as filters: what they read is the body, and what they write is what becomes of it. */
export const extFilter = definePlugin({
  name: 'ext_filter',
  aliases: ['mod_ext_filter', 'ext_filter_module'],
  directives: {
    ExtFilterDefine: {
      takes: 'raw',
      usage:
        'name [mode=input|output] [intype=type] [outtype=type] [PreservesContentLength] [ftype=number] [enableenv=name] [disableenv=name] cmd="program argument …"',
      help: 'Declares a filter that is a program: what it reads is the body, and what it writes is what becomes of it.',
      contexts: ['server config'],
      into: 'outputFilter',
      intoFor: (declared) =>
        [...declared.values()].some(({ mode }) => mode === 'input') ? 'inputFilter' : 'outputFilter',
      parse([text = ''], site) {
        const definition = parseDefinition(text, site);
        site.declareName(`${definition.mode} filter`, definition.name);
        return new Map([[definition.name.toLowerCase(), externalFilter(definition)]]);
      },
      combine(earlier, later) {
        const [name = ''] = later.keys();
        if (earlier.has(name)) throw new Error(`the filter ${name} is declared already`);
        return new Map([...earlier, ...later]);
      },
    },
    ExtFilterOptions: {
      takes: 'iterate',
      usage: optionNames.join(' | '),
      help: 'Whether what programs write to standard error is logged, and whether a body goes on without one that cannot be started.',
      contexts: ['directory'],
      default: {},
      defaultText: 'NoLogStderr Onfail=abort',
      parse: ([option = ''], site) =>
        options[option.toLowerCase()] ??
        site.fail(`ExtFilterOptions doesn't know "${option}"${didYouMean(option, optionNames)}`),
      combine: (earlier, later) => ({ ...earlier, ...later }),
      merge: (outer, inner) => ({ ...outer, ...inner }),
    },
  },
});
