import type { DirectiveDeclaration } from '../core/config/directive.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import type { FilterType } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { type FilterChain, addOutputFilterByTypeDirective, filterChainDirective } from './filter/filter-chain.ts';
import { filterOverride } from './filter/override.ts';
import { type FilterProtocols, filterProtocolDirective, hidesRange } from './filter/protocol.ts';
import { SmartFilter } from './filter/smart-filter.ts';

type SmartFilters = ReadonlyMap<string, SmartFilter>;
type Lines = string | readonly string[] | readonly (readonly string[])[];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Declares a smart filter, which becomes one of its providers at the first brigade: its name, and its place. */
    filterDeclare: Directive<Lines, SmartFilters>;
    /** A filter that does the work of a smart one where an expression holds; of several the last one is asked first. */
    filterProvider: Directive<Lines, SmartFilters>;
    /** The filters that responses are sent through. */
    filterChain: Directive<Lines, FilterChain>;
    /** What the head of a response says once a smart filter is at work. */
    filterProtocol: Directive<Lines, FilterProtocols>;
    /** Logs what passes into a smart filter: 0, 1 or 2. */
    filterTrace: Directive<Lines, ReadonlyMap<string, number>>;
    /** Output filters for responses of some content types. */
    addOutputFilterByType: Directive<Lines, FilterChain>;
  }
}

const places: Readonly<Record<string, FilterType>> = {
  RESOURCE: 'resource',
  CONTENT_SET: 'contentSet',
  PROTOCOL: 'protocol',
  TRANSCODE: 'transcode',
  CONNECTION: 'connection',
  NETWORK: 'network',
};

/** Output filters chosen by what the response is, when its head is known. */
export const filter = definePlugin({
  name: 'filter',
  aliases: ['mod_filter', 'filter_module'],
  directives: {
    FilterDeclare: {
      ...filterOverride,
      takes: 'oneOrTwo',
      usage: `name [${Object.keys(places).join(' | ')}]`,
      help: 'Declares a smart filter, which becomes one of its providers when the first bytes of a body come.',
      default: new Map(),
      parse([name = '', place = 'RESOURCE'], site) {
        const type = places[place.toUpperCase()];
        if (type === undefined) {
          return site.fail(`FilterDeclare knows no place "${place}"${didYouMean(place, Object.keys(places))}`);
        }
        site.declareName('smart filter', name);
        return new Map([[name.toLowerCase(), new SmartFilter(name, [], type)]]);
      },
      combine: (earlier, later) => new Map([...earlier, ...later]),
      merge: (outer, inner) => new Map([...outer, ...inner]),
    },
    FilterProvider: {
      ...filterOverride,
      into: 'filterDeclare',
      takes: 'three',
      usage: 'smart-filter filter expression',
      help: 'A filter that does the work of a smart one where an expression holds; of several the last one is asked first.',
      parse([name = '', provider = '', expression = ''], site) {
        const condition = site.parseCondition(expression);
        site.declareName('smart filter', name);
        site.useName(provider, 'output filter');
        const given = { filter: provider, matches: (r: RequestRecord) => condition.evaluate(r) };
        return new Map([[name.toLowerCase(), new SmartFilter(name, [given])]]);
      },
      combine: addProviders,
    },
    FilterChain: filterChainDirective,
    AddOutputFilterByType: addOutputFilterByTypeDirective,
    FilterProtocol: filterProtocolDirective,
    FilterTrace: traceDirective(),
  },
  insertFilters: {
    after: ['core', 'mime'],
    when: ({ filterChain }) => filterChain.filters.length > 0,
    insert: insertChain,
  },
});

function addProviders(earlier: SmartFilters, later: SmartFilters): SmartFilters {
  const all = new Map(earlier);
  for (const [key, added] of later) {
    const known = all.get(key);
    const providers = [...added.providers, ...(known?.providers ?? [])];
    all.set(key, new SmartFilter(known?.name ?? added.name, providers, known?.place));
  }
  return all;
}

function traceDirective(): DirectiveDeclaration<ReadonlyMap<string, number>> {
  return {
    contexts: ['server config', 'virtual host', 'directory'],
    takes: 'two',
    usage: 'smart-filter 0 | 1 | 2',
    help: 'Logs what passes into a smart filter, at level debug: nothing, a line for each brigade, one for each bucket.',
    default: new Map(),
    parse([name = '', level = ''], site) {
      if (!/^[012]$/.test(level)) site.fail(`FilterTrace takes the level 0, 1 or 2, not "${level}"`);
      site.useName(name, 'smart filter');
      return new Map([[name.toLowerCase(), Number(level)]]);
    },
    combine: (earlier, later) => new Map([...earlier, ...later]),
    merge: (outer, inner) => new Map([...outer, ...inner]),
  };
}

function insertChain(r: RequestRecord): void {
  const { filterChain, filterDeclare } = r.config;
  for (const chained of filterChain.filters) {
    const smart = typeof chained === 'string' ? filterDeclare.get(chained.toLowerCase()) : chained;
    if (smart === undefined) r.addOutputFilter(chained as string);
    else {
      r.output.add(smart.named(r));
      if (hidesRange(r, smart.name)) r.headersIn.delete('Range');
    }
  }
}
