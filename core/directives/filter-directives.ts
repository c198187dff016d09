import type { Context, DirectiveDeclaration, DirectiveDeclarations } from '../config/directive.ts';
import type { Filter, NamedFilter } from '../filter/filter.ts';
import { toNamedFilter } from '../filter/named-filter.ts';
import type { Argument } from '../config/tree.ts';

/** Filters that a config declares, by lower-case name. */
type DeclaredFilters = ReadonlyMap<string, NamedFilter>;

type FilterDeclaration = readonly [name: string, filter: string | Filter];

declare module '../config/directive.ts' {
  interface Directives {
    /** Declares a filter for request bodies: its name, and the file or function. */
    inputFilter: Directive<FilterDeclaration | readonly FilterDeclaration[], DeclaredFilters>;
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
  InputFilter: declaration('Declares a filter for request bodies; SetInputFilter puts it to work.', 'inputFilter'),
  OutputFilter: declaration('Declares a filter for response bodies; SetOutputFilter puts it to work.', 'outputFilter'),
  SetInputFilter: list(
    'The filters of request bodies here, separated by semicolons; the last one is the nearest to the network.',
  ),
  SetOutputFilter: list(
    'The filters of response bodies here, separated by semicolons; the first one is the nearest to the handler.',
  ),
};

function declaration(help: string, key: string): DirectiveDeclaration<DeclaredFilters> {
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

function list(help: string): DirectiveDeclaration<readonly string[]> {
  return {
    takes: 'one',
    usage: 'filter[;filter…] | None',
    help,
    contexts: everywhere,
    override: 'FileInfo',
    default: [],
    parse: ([names = '']) => (names.toLowerCase() === 'none' ? [] : names.split(';').filter((name) => name !== '')),
    combine: (earlier, later) => [...earlier, ...later],
  };
}
