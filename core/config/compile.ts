import { allowedHere, contextInside, describePlace } from './place.ts';
import type { Place } from './place.ts';
import { ConfigError, configErrorAt, formatPosition, joinErrors } from './config-error.ts';
import type { AllowedOverride, ParsedDirective } from './directive.ts';
import { didYouMean } from './nearest-name.ts';
import { methodsOf } from '../method-set.ts';
import { combineValues, parseDirective } from './parse-directive.ts';
import type { ParseOptions } from './parse-directive.ts';
import type { ForeignLine, LineOutcome } from './foreign-names.ts';
import type { NameUse } from './name-book.ts';
import type { DirectiveRegistry, RegisteredDirective } from './registry.ts';
import type { Scope, ScopeKind } from './scope.ts';
import { sectionArguments } from './section-arguments.ts';
import { findSectionKind, sectionKinds } from './section-kinds.ts';
import type { SectionKind } from './section-kinds.ts';
import type { ConfigNode, DirectiveNode, Position, SectionNode } from './tree.ts';

export interface CompileOptions extends ParseOptions {
  /** The file whose top the scope is. */
  readonly file: string;
  /** For an `.htaccess` file: what it is allowed. Absent for the server's own config. */
  readonly override?: AllowedOverride;
  /** Told of the lines that AllowOverride's Nonfatal skips. */
  warn(message: string): void;
  /** Told of every line that is no mistake. */
  onLine?(outcome: LineOutcome): void;
  /** Mistakes that the reading has found already. */
  readonly errors?: readonly ConfigError[];
}

/**
 * Checks a config's sections and directives against what the plugins declare, parses the values, and combines repeated
 * lines.
 *
 * @throws {ConfigError} with all mistakes, each on a line of its message.
 */
export async function compileScopes(
  nodes: readonly ConfigNode[],
  registry: DirectiveRegistry,
  options: CompileOptions,
): Promise<Scope> {
  const compiler = new Compiler(registry, options);
  const { file, override } = options;
  const place: Place =
    override === undefined
      ? { context: 'server config', parent: 'server', section: undefined, override }
      : { context: '.htaccess', parent: '.htaccess', section: undefined, override };
  const scope = await compiler.scope('server', [], nodes, { file, line: 0 }, place);
  compiler.checkNames();
  compiler.tellDeprecated();
  const [first, ...others] = compiler.errors;
  if (first !== undefined) throw joinErrors(first, others);
  return scope;
}

class Compiler {
  readonly errors: ConfigError[];
  readonly #registry: DirectiveRegistry;
  readonly #options: CompileOptions;
  readonly #uses: NameUse[] = [];
  readonly #deprecated = new Map<string, { readonly node: ConfigNode; readonly advice: string; count: number }>();

  constructor(registry: DirectiveRegistry, options: CompileOptions) {
    this.#registry = registry;
    this.#options = { ...options, uses: this.#uses };
    this.errors = [...(options.errors ?? [])];
  }

  async scope(
    kind: ScopeKind,
    args: readonly string[],
    children: readonly ConfigNode[],
    at: Position,
    place: Place,
  ): Promise<Scope> {
    const values = new Map<string, unknown>();
    const sections: Scope[] = [];
    let lastCondition: ScopeKind | undefined;
    for (const node of children) {
      const section = node.kind === 'section' ? findSectionKind(node.name) : undefined;
      try {
        if (node.kind === 'section' && section !== undefined) {
          if (section.name.startsWith('Else') && lastCondition !== 'If' && lastCondition !== 'ElseIf') {
            throw new ConfigError(node, `<${section.name}> needs an <If> or <ElseIf> before it in the same section`);
          }
          if (section.takes === 'condition' || section.name === 'Else') lastCondition = section.name;
          sections.push(...this.#narrowed(await this.#section(node, section, place), values));
        } else {
          await this.#directive(node, place, values);
        }
      } catch (error) {
        this.errors.push(configErrorAt(node, error));
      }
    }
    return Object.freeze({ kind, args, values, sections, ...positionOf(at) });
  }

  /** Once all lines have been read: a name may be declared below the line that uses it. */
  checkNames(): void {
    for (const use of this.#uses) {
      const error = this.#options.names?.check(use);
      if (error !== undefined) this.errors.push(error);
    }
  }

  /** One warning for each deprecated directive, at its first line. */
  tellDeprecated(): void {
    for (const [name, { node, advice, count }] of this.#deprecated) {
      const more = count === 1 ? '' : ` (${count} lines have it)`;
      this.#options.warn(`${formatPosition(node)}: ${name} is deprecated${more}: ${advice}`);
    }
  }

  #noteDeprecated(node: ConfigNode, { name, declaration: { deprecated: advice } }: RegisteredDirective): void {
    if (advice === undefined) return;
    const known = this.#deprecated.get(name);
    if (known === undefined) this.#deprecated.set(name, { node, advice, count: 1 });
    else known.count++;
  }

  async #section(node: SectionNode, kind: SectionKind, place: Place): Promise<Scope> {
    if (!kind.inside.includes(place.parent)) {
      throw new ConfigError(node, `<${kind.name}> is not allowed in ${describePlace(place)}`);
    }
    const args = sectionArguments(node, kind);
    this.#options.onLine?.({ ...positionOf(node), name: kind.name });
    const inside: Place = {
      context: contextInside(kind, place),
      parent: kind.name,
      section: { name: kind.name, args },
      override: place.override,
    };
    return await this.scope(kind.name, args, node.children, node, inside);
  }

  async #directive(node: ConfigNode, place: Place, values: Map<string, unknown>): Promise<void> {
    const registered = this.#find(node, place);
    if (registered === undefined) return;
    const value = await this.#parse(node, registered, place);
    this.#add(registered, value, values);
    this.#options.onLine?.({ ...positionOf(node), name: node.name });
  }

  #add(registered: RegisteredDirective, value: unknown, values: Map<string, unknown>): void {
    const key = registered.declaration.intoFor?.(value) ?? registered.key;
    values.set(key, values.has(key) ? combineValues(registered, this.#registry, values.get(key), value) : value);
  }

  /** The section without the lines of Limit that belong to the section around, which get their place in `values`. */
  #narrowed(section: Scope, values: Map<string, unknown>): readonly Scope[] {
    if (section.kind !== 'Limit' && section.kind !== 'LimitExcept') return [section];
    const rest = new Map(section.values);
    for (const [key, value] of section.values) {
      const registered = this.#registry.find(key);
      if (registered?.declaration.narrow === undefined) continue;
      rest.delete(key);
      this.#add(registered, registered.declaration.narrow(value, methodsOf(section)), values);
    }
    const isEmpty = rest.size === 0 && section.sections.length === 0;
    return isEmpty ? [] : [Object.freeze({ ...section, values: rest })];
  }

  async #parse(node: ConfigNode, registered: RegisteredDirective, place: Place): Promise<unknown> {
    const children: ParsedDirective[] = [];
    let content: Scope | undefined;
    if (node.kind === 'section' && registered.declaration.settings) {
      content = await this.#settings(node, registered.name);
    } else if (node.kind === 'section') {
      const inside: Place = { ...place, section: { name: registered.name, args: node.args } };
      for (const child of node.children) {
        const found = this.#find(child, inside);
        if (found !== undefined) children.push({ name: found.name, value: await this.#parse(child, found, inside) });
      }
    }
    return await parseDirective(node, registered, { children, content }, place, this.#options);
  }

  /** The content of a block that is a section of its own, which requests come to by a directive that names it. */
  #settings(node: SectionNode, name: string): Promise<Scope> {
    const section = { name, args: node.args };
    const place: Place = { context: 'directory', parent: 'Limit', section, override: undefined };
    return this.scope('Directory', [], node.children, node, place);
  }

  /** The directive a node names, or nothing for a line that may be skipped. */
  #find(node: ConfigNode, place: Place): RegisteredDirective | undefined {
    const registered = this.#registry.find(node.name);
    const foreign = this.#registry.foreign.directive(node, registered !== undefined);
    if (foreign !== undefined) return this.#skipForeign(node, foreign, place);
    if (registered === undefined) return this.#skip('unknown', this.#unknown(node, place), place);
    const { name, declaration } = registered;
    if (node.kind === 'section' && declaration.block === undefined) {
      throw new ConfigError(node, `${name} is not a section; write it on one line: ${name} ${declaration.usage}`);
    }
    if (node.kind === 'directive' && declaration.block !== undefined) {
      throw new ConfigError(node, `${name} is a section; write <${name}> … </${name}>`);
    }
    const refusal = allowedHere(registered, place);
    if (refusal !== undefined) return this.#skip('override', new ConfigError(node, refusal), place);
    this.#noteDeprecated(node, registered);
    return registered;
  }

  #skipForeign(node: ConfigNode, foreign: ForeignLine, place: Place): undefined {
    const { name } = node;
    if (foreign.harmless) this.#options.onLine?.({ ...positionOf(node), name, ignored: foreign });
    else this.#skip('unknown', new ConfigError(node, `${name}: ${foreign.reason}`), place);
  }

  #skip(kind: 'unknown' | 'override', error: ConfigError, { override }: Place): undefined {
    if (override === undefined || !override.nonfatal.has(kind)) throw error;
    this.#options.warn(`${error.message}; the line is skipped`);
  }

  #unknown(node: DirectiveNode | SectionNode, place: Place): ConfigError {
    const { name } = node;
    const section = findSectionKind(name);
    if (section !== undefined) {
      const form =
        node.kind === 'section' ? `is not allowed in ${describePlace(place)}` : `is a section; write <${name} …>`;
      return new ConfigError(node, `${section.name} ${form}`);
    }
    if (node.kind === 'directive') {
      const hint = didYouMean(name, this.#registry.names());
      return new ConfigError(node, `unknown directive ${name}: misspelt, or from a plugin that is not loaded${hint}`);
    }
    const blocks = [...this.#registry.all()].filter(({ declaration }) => declaration.block);
    const hint = didYouMean(
      name,
      [...sectionKinds, ...blocks].map((known) => known.name),
    );
    return new ConfigError(node, `unknown section <${name}>: misspelt, or from a plugin that is not loaded${hint}`);
  }
}

function positionOf({ file, line, usedBy }: Position): Position {
  return usedBy === undefined ? { file, line } : { file, line, usedBy };
}
