import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import type { AlsoKnown, ExtensionInfo } from '../mime-map.ts';

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** Which extensions a file may have to be a variant: `NegotiatedOnly`, `Handlers` and `Filters`, or `Any`. */
    multiviewsMatch: Directive<string | readonly string[], AlsoKnown>;
  }
}

export const multiviewsMatchDirective: DirectiveDeclaration<AlsoKnown> = {
  takes: 'any',
  usage: 'NegotiatedOnly | Any | [Handlers] [Filters]',
  help: 'Which extensions a file may have, besides those of the name asked for, to be one of MultiViews: those of types, languages, encodings and charsets, also those of handlers or filters, or any.',
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'FileInfo',
  default: negotiatedOnly,
  defaultText: 'NegotiatedOnly',
  parse: parseMatch,
};

/** The words, and whether an extension counts as known by them. */
const matches: ReadonlyMap<string, AlsoKnown> = new Map([
  ['negotiatedonly', negotiatedOnly],
  ['any', (): boolean => true],
  ['handlers', hasHandler],
  ['filters', hasFilters],
]);

function parseMatch(words: readonly string[], site: DirectiveSite): AlsoKnown {
  const chosen = words.map((word) => matches.get(word.toLowerCase()));
  const [first, second] = chosen;
  if (chosen.length === 1 && first !== undefined) return first;
  if (chosen.length === 2 && chosen.includes(hasHandler) && chosen.includes(hasFilters)) {
    return (info) => first!(info) || second!(info);
  }
  return site.fail(
    `MultiviewsMatch is NegotiatedOnly, Any, Handlers, Filters or the last two, not "${words.join(' ')}"`,
  );
}

function negotiatedOnly(): boolean {
  return false;
}

function hasHandler(info: ExtensionInfo | undefined): boolean {
  return typeof info?.handler === 'string';
}

function hasFilters(info: ExtensionInfo | undefined): boolean {
  return (info?.inputFilters ?? info?.outputFilters ?? null) !== null;
}
