import type { ConfigNode } from './tree.ts';

/** A line of another server's config that has no effect here. */
export interface ForeignLine {
  /** Only where the arguments match. */
  readonly when?: RegExp;
  /** What there is instead, or why nothing is needed. */
  readonly reason: string;
  /** Without it the site answers the same: the line is skipped instead of refused. */
  readonly harmless?: true;
  /** Harmless, but every start says so. */
  readonly told?: true;
}

/** What the names of another server's config, which mean nothing here, are answered with. */
export interface ForeignNames {
  /** Directives and sections; of several entries the first one that fits a line counts. */
  readonly directives: Readonly<Record<string, ForeignLine | readonly ForeignLine[]>>;
  /** Modules, by the name that LoadModule gives them. */
  readonly modules: Readonly<Record<string, ForeignLine>>;
}

/** What became of a line of the config. */
export interface LineOutcome {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** Undefined where the line is in force. */
  readonly ignored?: ForeignLine | undefined;
}

/** The foreign names of all plugins, in any letter case. */
export class ForeignRegistry {
  readonly #directives = new Map<string, readonly ForeignLine[]>();
  readonly #modules = new Map<string, ForeignLine>();

  add({ directives, modules }: ForeignNames): void {
    for (const [name, lines] of Object.entries(directives)) {
      const key = name.toLowerCase();
      this.#directives.set(key, [...(this.#directives.get(key) ?? []), lines].flat());
    }
    for (const [name, line] of Object.entries(modules)) this.#modules.set(name.toLowerCase(), line);
  }

  /** For a line whose directive is known, only entries for certain arguments count. */
  directive({ name, args }: ConfigNode, isKnown: boolean): ForeignLine | undefined {
    const lines = this.#directives.get(name.toLowerCase());
    return lines?.find(({ when }) => (when === undefined ? !isKnown : when.test(args.map(String).join(' '))));
  }

  module(name: string): ForeignLine | undefined {
    return this.#modules.get(name.toLowerCase());
  }
}
