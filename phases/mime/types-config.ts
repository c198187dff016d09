import { readFileSync } from 'node:fs';
import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import { messageOf } from '../../core/thrown.ts';
import { type TypeTable, usualTypes } from '../mime-map.ts';

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** A file of content types and their extensions, instead of the usual ones. */
    typesConfig: Directive<string, TypeTable>;
  }
}

export const typesConfigDirective: DirectiveDeclaration<TypeTable> = {
  takes: 'one',
  usage: 'file',
  help: 'A file in the form of mime.types with content types and their extensions, instead of the usual ones.',
  contexts: ['server config'],
  default: usualTypes,
  defaultText: 'the types that IANA, Apache and nginx know',
  parse: ([file = ''], site) => readTypes(site.resolve(file), site),
};

function readTypes(file: string, site: DirectiveSite): TypeTable {
  try {
    return parseTypes(readFileSync(file, 'utf8'));
  } catch (error) {
    return site.fail(`TypesConfig can't read ${file}: ${messageOf(error)}`);
  }
}

/** `text/html html htm`: a type and its extensions on each line, comments behind `#` at its begin; the last line counts. */
export function parseTypes(text: string): TypeTable {
  const types = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    const [type = '', ...extensions] = line.trim().split(/\s+/);
    for (const extension of extensions) types.set(extension.toLowerCase(), type);
  }
  return types;
}
