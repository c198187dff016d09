import { configKey } from './config-key.ts';
import type { DirectiveDeclaration, DirectiveDeclarations } from './directive.ts';
import { ForeignRegistry } from './foreign-names.ts';

/** A directive and the plugin that brought it. */
export interface RegisteredDirective {
  readonly name: string;
  /** Where its value is found: `into`, or its own key. */
  readonly key: string;
  readonly plugin: string;
  readonly declaration: DirectiveDeclaration;
}

/** The directives of all plugins; grows while a config's Plugin lines are read. */
export class DirectiveRegistry {
  /** What isn't one of them, but has an answer. */
  readonly foreign = new ForeignRegistry();
  readonly #byName = new Map<string, RegisteredDirective>();

  /**
   * Adds a plugin's directives.
   *
   * @throws {Error} when another plugin has one of that name.
   */
  add(plugin: string, declarations: DirectiveDeclarations): void {
    for (const [name, declaration] of Object.entries<DirectiveDeclaration | undefined>(declarations)) {
      if (declaration === undefined) continue;
      const other = this.#byName.get(name.toLowerCase());
      if (other !== undefined) {
        throw new Error(
          `the plugins ${other.plugin} and ${plugin} both declare the directive ${name}; only one can be used`,
        );
      }
      const key = declaration.into ?? configKey(name);
      this.#byName.set(name.toLowerCase(), { name, key, plugin, declaration });
    }
  }

  /** By name in any letter case, which covers config keys too. */
  find(name: string): RegisteredDirective | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** In the order in which they were added. */
  all(): IterableIterator<RegisteredDirective> {
    return this.#byName.values();
  }

  names(): string[] {
    return Array.from(this.#byName.values(), ({ name }) => name);
  }
}
