import type { ScopeKind } from './scope.ts';

/** What stands between a section's name and its `>`. */
export type SectionArguments = 'none' | 'one' | 'list' | 'condition';

/** Where a section may stand: at a file's top, in a virtual host, or in a section of a kind. */
export type SectionParent = ScopeKind | '.htaccess';

export interface SectionKind {
  readonly name: Exclude<ScopeKind, 'server'>;
  readonly takes: SectionArguments;
  /** `~` before the argument makes it a regular expression. */
  readonly mayHaveTilde?: true;
  readonly inside: readonly SectionParent[];
}

const servers: readonly SectionParent[] = ['server', 'VirtualHost'];
const folders: readonly SectionParent[] = [...servers, 'Directory', 'DirectoryMatch', '.htaccess'];
/** Anywhere but in Limit. */
const anywhere: readonly SectionParent[] = [
  ...folders,
  'Files',
  'FilesMatch',
  'Location',
  'LocationMatch',
  'Route',
  'If',
  'ElseIf',
  'Else',
];

/** Apache's nesting rules. */
export const sectionKinds: readonly SectionKind[] = [
  { name: 'VirtualHost', takes: 'list', inside: ['server'] },
  { name: 'Directory', takes: 'one', mayHaveTilde: true, inside: servers },
  { name: 'DirectoryMatch', takes: 'one', inside: servers },
  { name: 'Location', takes: 'one', mayHaveTilde: true, inside: servers },
  { name: 'LocationMatch', takes: 'one', inside: servers },
  { name: 'Route', takes: 'one', inside: servers },
  { name: 'Files', takes: 'one', mayHaveTilde: true, inside: folders },
  { name: 'FilesMatch', takes: 'one', inside: folders },
  { name: 'If', takes: 'condition', inside: anywhere },
  { name: 'ElseIf', takes: 'condition', inside: anywhere },
  { name: 'Else', takes: 'none', inside: anywhere },
  { name: 'Limit', takes: 'list', inside: anywhere },
  { name: 'LimitExcept', takes: 'list', inside: anywhere },
];

const byName: ReadonlyMap<string, SectionKind> = new Map(sectionKinds.map((kind) => [kind.name.toLowerCase(), kind]));

/** The section of that name, in any letter case. */
export function findSectionKind(name: string): SectionKind | undefined {
  return byName.get(name.toLowerCase());
}
