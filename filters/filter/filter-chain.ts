import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { filterOverride } from './override.ts';
import { SmartFilter } from './smart-filter.ts';

/** One word of a FilterChain line, or one AddOutputFilterByType line. */
interface ChainStep {
  readonly sign: '+' | '@' | '-' | '=' | '!';
  readonly name: string;
  /** The content types for which the filter is meant; undefined where it is named by itself. */
  readonly types?: readonly string[];
}

/** A filter of the chain: a name, or a filter that is meant for some content types. */
type ChainedFilter = string | SmartFilter;

/** The filters that responses are sent through, put together by FilterChain and AddOutputFilterByType. */
export class FilterChain {
  readonly steps: readonly ChainStep[];
  readonly filters: readonly ChainedFilter[];

  constructor(steps: readonly ChainStep[]) {
    this.steps = steps;
    this.filters = steps.reduce<readonly ChainedFilter[]>(takeStep, []);
  }

  /** With the lines of an inner section behind those of the outer one. */
  over(inner: FilterChain): FilterChain {
    return new FilterChain([...this.steps, ...inner.steps]);
  }

  /** With a further line of the same section; types that are added to the same filter come together. */
  with(later: FilterChain): FilterChain {
    let { steps } = this;
    for (const step of later.steps) {
      const same = step.types && steps.find(({ name, types }) => types !== undefined && isSame(name, step.name));
      if (same === undefined) steps = [...steps, step];
      else {
        const types = [...same.types!, ...step.types!];
        steps = steps.map((given) => (given === same ? { ...given, types } : given));
      }
    }
    return new FilterChain(steps);
  }
}

const chained = {
  combine: (earlier: FilterChain, later: FilterChain): FilterChain => earlier.with(later),
  merge: (outer: FilterChain, inner: FilterChain): FilterChain => outer.over(inner),
};

export const filterChainDirective: DirectiveDeclaration<FilterChain> = {
  ...filterOverride,
  ...chained,
  takes: 'iterate',
  usage: '[+|-|@|=]filter … | !',
  help: 'Puts filters at the end (+, or nothing) or the start (@) of the chain, takes them out (-), replaces it (=) or empties it (!).',
  default: new FilterChain([]),
  defaultText: '!',
  parse: ([word = ''], site) => new FilterChain([parseStep(word, site)]),
};

export const addOutputFilterByTypeDirective: DirectiveDeclaration<FilterChain> = {
  ...chained,
  contexts: filterOverride.contexts,
  override: 'FileInfo',
  into: 'filterChain',
  takes: 'any',
  usage: 'filter[;filter…] content-type …',
  help: 'Output filters for responses of some content types.',
  parse([list = '', ...types], site) {
    if (types.length === 0) {
      site.fail(
        `AddOutputFilterByType needs at least two arguments, a filter and a content type, as in DEFLATE text/html`,
      );
    }
    const wrong = types.find((type) => !/^[^\s/;]+\/[^\s/;]+$/.test(type));
    if (wrong !== undefined) site.fail(`AddOutputFilterByType takes content types such as text/html, not "${wrong}"`);
    const names = list.split(';').filter((name) => name !== '');
    for (const name of names) site.useName(name, 'output filter');
    return new FilterChain(names.map((name) => ({ sign: '+', name, types })));
  },
};

function parseStep(word: string, site: DirectiveSite): ChainStep {
  if (word === '!') return { sign: '!', name: '' };
  const [, sign = '', name = ''] = /^([-+@=]?)(.*)$/s.exec(word)!;
  if (name === '' || name.startsWith('!')) {
    site.fail(`FilterChain takes the name of a filter, with +, -, @ or = before it, or a lone !, not "${word}"`);
  }
  if (sign !== '-') site.useName(name, 'smart filter', 'output filter');
  return { sign: sign === '' ? '+' : (sign as ChainStep['sign']), name };
}

function takeStep(chain: readonly ChainedFilter[], { sign, name, types }: ChainStep): readonly ChainedFilter[] {
  if (types !== undefined) {
    const filter = byType(name, types);
    const at = chain.findIndex((given) => isSame(nameOf(given), filter.name));
    return at < 0 ? [...chain, filter] : chain.with(at, filter);
  }
  if (sign === '!') return [];
  if (sign === '=') return [name];
  if (sign === '@') return [name, ...chain];
  return sign === '+' ? [...chain, name] : chain.filter((given) => !isSame(nameOf(given), name));
}

function byType(filter: string, types: readonly string[]): SmartFilter {
  const wanted = new Set(types);
  const matches = (r: RequestRecord): boolean => {
    const type = (r.hasHeadersOut ? r.headersOut.get('Content-Type') : undefined) ?? r.contentType;
    return type !== undefined && wanted.has(type.replace(/[;\s].*$/s, ''));
  };
  return new SmartFilter(`BYTYPE:${filter}`, [{ filter, matches }]);
}

function nameOf(filter: ChainedFilter): string {
  return typeof filter === 'string' ? filter : filter.name;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
