import type { Context, DirectiveDeclaration, DirectiveDeclarations, DirectiveSite } from '../config/directive.ts';
import type { Filter, NamedFilter } from '../filter/filter.ts';
import { toNamedFilter } from '../filter/named-filter.ts';
import type { NameKind } from '../config/name-book.ts';
import type { Argument } from '../config/tree.ts';
import { parseNumber } from './server-directives.ts';

/** Filters that a config declares, by lower-case name. */
type DeclaredFilters = ReadonlyMap<string, NamedFilter>;

type FilterDeclaration = readonly [name: string, filter: string | Filter];

declare module '../config/directive.ts' {
  interface Directives {
    /** Declares a filter for request bodies: its name, and the file or function. */
    inputFilter: Directive<FilterDeclaration | readonly FilterDeclaration[], DeclaredFilters>;
    /** Bytes of a body that filters may hold back for one that doesn't wait; 0 is no limit. */
    filterBufferLimit: Directive<number>;
    /** Declares a filter for response bodies: its name, and the file or function. */
    outputFilter: Directive<FilterDeclaration | readonly FilterDeclaration[], DeclaredFilters>;
    /** The filters of request bodies here, `A;B`; the last one is the nearest to the network. */
    setInputFilter: Directive<string, readonly string[]>;
    /** The filters of response bodies here, `A;B`; the first one is the nearest to the handler. */
    setOutputFilter: Directive<string, readonly string[]>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

export const filterDirectives: DirectiveDeclarations = {
  InputFilter: declaration(
    'Declares a filter for request bodies; SetInputFilter puts it to work.',
    'inputFilter',
    'input filter',
  ),
  FilterBufferLimit: {
    takes: 'one',
    usage: 'bytes',
    help: 'How many bytes of a body may wait in memory at one place of its filters, where somebody goes on without waiting; 0 is no limit.',
    contexts: everywhere,
    override: 'Options',
    default: 16_777_216,
    parse: ([text = ''], site) => parseNumber(text, site),
  },
  OutputFilter: declaration(
    'Declares a filter for response bodies; SetOutputFilter puts it to work.',
    'outputFilter',
    'output filter',
  ),
  SetInputFilter: list(
    'The filters of request bodies here, separated by semicolons; the last one is the nearest to the network.',
    'input filter',
  ),
  SetOutputFilter: list(
    'The filters of response bodies here, separated by semicolons; the first one is the nearest to the handler.',
    'output filter',
  ),
};

/** The names of a list such as `A;B`, all of which must be those of filters. */
export function filterNames(names: string, kind: NameKind, site: DirectiveSite): readonly string[] {
  const given = names.split(';').filter((name) => name !== '');
  for (const name of given) site.useName(name, kind);
  return given;
}

function declaration(help: string, key: string, kind: NameKind): DirectiveDeclaration<DeclaredFilters> {
  return {
    takes: 'two',
    usage: 'name module[::export]',
    help,
    contexts: ['server config', 'virtual host', 'directory'],
    functions: true,
    default: new Map(),
    async parse([name = ''], site) {
      const { value } = await site.loadExport(site.args[1] as Argument, key);
      if (!isFilter(value)) {
        return site.fail(
          `${site.name} ${name}: expected a function or an object with data(chunk, f), but found ${typeof value}`,
        );
      }
      site.declareName(kind, name);
      return new Map([[name.toLowerCase(), toNamedFilter(value, name)]]);
    },
    combine: (earlier, later) => new Map([...earlier, ...later]),
    merge: (outer, inner) => new Map([...outer, ...inner]),
  };
}

function isFilter(value: unknown): value is Filter {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && ('data' in value || 'brigade' in value))
  );
}

function list(help: string, kind: NameKind): DirectiveDeclaration<readonly string[]> {
  return {
    takes: 'one',
    usage: 'filter[;filter…] | None',
    help,
    contexts: everywhere,
    override: 'FileInfo',
    default: [],
    parse: ([names = ''], site) => (names.toLowerCase() === 'none' ? [] : filterNames(names, kind, site)),
  };
}
