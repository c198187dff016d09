import type { Position } from './tree.ts';

/** The sections that are matched while a request travels, and `server` for the top of a file or virtual host. */
export type ScopeKind =
  | 'server'
  | 'VirtualHost'
  | 'Directory'
  | 'DirectoryMatch'
  | 'Files'
  | 'FilesMatch'
  | 'Location'
  | 'LocationMatch'
  | 'Route'
  | 'If'
  | 'ElseIf'
  | 'Else'
  | 'Limit'
  | 'LimitExcept';

/** A section whose directives are checked and parsed: what the section walks merge. Frozen after start. */
export interface Scope extends Position {
  readonly kind: ScopeKind;
  /** The section's arguments, e.g. a path; `~` stays the first one. */
  readonly args: readonly string[];
  /** Parsed values by config key, repeated lines combined. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Sections inside this one, in the order of the file. */
  readonly sections: readonly Scope[];
}
