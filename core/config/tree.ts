/** Where a directive was written; `line` is 1 for the first line, 0 where it isn't known. */
export interface Position {
  /** The config file. */
  readonly file: string;
  /** 1 for the first line; 0 where it isn't known. */
  readonly line: number;
  /** For a line that a macro gave: where the macro was used, and so on outwards. */
  readonly usedBy?: string;
}

/** A word of a config file, or a function or object (a filter, say) given directly in a TypeScript config. */
export type Argument = string | GivenArgument;

export type GivenArgument = ((...args: never[]) => unknown) | { readonly [member: string]: unknown };

/** `Name argument argument …` */
export interface DirectiveNode extends Position {
  readonly kind: 'directive';
  readonly name: string;
  readonly args: readonly Argument[];
  /** The line's rest before it was split, for directives that take it raw; absent where a TypeScript config gave a list. */
  readonly text?: string;
}

/** `<Name argument …> … </Name>` */
export interface SectionNode extends Position {
  readonly kind: 'section';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly text?: string;
  readonly children: readonly ConfigNode[];
}

/** What both spellings of a config file become: sections and directives in the order of the file. */
export type ConfigNode = DirectiveNode | SectionNode;
