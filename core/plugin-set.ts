import type { Position } from './config/tree.ts';
import { didYouMean } from './config/nearest-name.ts';
import { DirectiveRegistry } from './config/registry.ts';
import { sectionReference, startTimeReference } from './config/syntax-reference.ts';
import { extensionsOf } from './expression/plugin-extensions.ts';
import { type Vocabulary, coreVocabulary, extendVocabulary } from './expression/vocabulary.ts';
import type { NamedFilter } from './filter/filter.ts';
import { toNamedFilter } from './filter/named-filter.ts';
import { type LogItemDeclaration, toLogItem } from './log/log-item.ts';
import type { ImportModule } from './module-importer.ts';
import type { Plugin } from './plugin.ts';
import { orderPlugins } from './plugin-dependencies.ts';
import { checkSluiceRange, importPlugin } from './plugin-import.ts';
import { type LoadedPlugin, type PluginOrigin, builtInOrigin, describePlugin } from './plugin-origin.ts';
import { checkPluginShape } from './plugin-shape.ts';
import { ProviderRegistry } from './provider-registry.ts';
import type { NamedConnectionHandler, NamedHandler, ServerRegistry } from './server-record.ts';

/** What no two plugins may have in common: how it is called, and the names of a plugin's own, as they are compared. */
const claims: readonly (readonly [kind: string, namesOf: (plugin: Plugin) => readonly string[]])[] = [
  ['name or alias', ({ name, aliases = [] }) => lowered([name, ...aliases])],
  ['directive', ({ directives }) => lowered(keysOf(directives))],
  ['handler', ({ handlers }) => lowered(keysOf(handlers))],
  ['connection handler', ({ connectionHandlers }) => lowered(keysOf(connectionHandlers))],
  ['input filter', ({ inputFilters }) => lowered(keysOf(inputFilters))],
  ['output filter', ({ outputFilters }) => lowered(keysOf(outputFilters))],
  ['authentication provider', ({ authenticationProviders }) => keysOf(authenticationProviders)],
  ['authorization provider', ({ authorizationProviders }) => keysOf(authorizationProviders)],
  ['expression function', ({ expressionFunctions }) => lowered(keysOf(expressionFunctions))],
  ['expression variable', ({ expressionVariables }) => keysOf(expressionVariables).map((name) => name.toUpperCase())],
  ['log item', ({ logItems }) => keysOf(logItems).map((letter) => `%${letter}`)],
  ['service', ({ services = [] }) => services.map(({ name }) => name)],
];

/** Who has the names that no plugin declares. */
const engine: LoadedPlugin = { plugin: { name: 'core' }, origin: builtInOrigin };

/** What a directive would be taken for: sections, lines that act while a config is read, keys of a TypeScript config. */
const syntaxNames = [...sectionReference, ...startTimeReference, { name: 'sections' }, { name: 'plugins' }];

/** The plugins of one configuration, and what they bring. Throws where two bring the same thing. */
export class PluginSet implements ServerRegistry {
  readonly directives = new DirectiveRegistry();
  readonly handlers = new Map<string, NamedHandler>();
  readonly connectionHandlers = new Map<string, NamedConnectionHandler>();
  readonly inputFilters = new Map<string, NamedFilter>();
  readonly outputFilters = new Map<string, NamedFilter>();
  readonly logItems = new Map<string, LogItemDeclaration>();
  readonly serviceOwners = new Map<string, string>();
  readonly providers = new ProviderRegistry();
  readonly sources = new Set<string>();
  readonly #plugins = new Map<string, LoadedPlugin>();
  /** Names, aliases and packages, all in lower case. */
  readonly #byName = new Map<string, LoadedPlugin>();
  readonly #owners = new Map<string, LoadedPlugin>();
  #vocabulary: Vocabulary = coreVocabulary;
  #ordered: readonly LoadedPlugin[] | undefined;

  constructor(builtIn: readonly Plugin[]) {
    this.#claim(engine, 'directive', lowered(syntaxNames.map(({ name }) => name)));
    this.#claim(engine, 'expression function', [...coreVocabulary.functions.keys()]);
    this.#claim(engine, 'expression variable', [...coreVocabulary.variables.keys()]);
    for (const plugin of builtIn) this.add(plugin);
  }

  /** Once `order` has been called, each behind those that it needs. */
  get loaded(): readonly LoadedPlugin[] {
    return this.#ordered ?? [...this.#plugins.values()];
  }

  get all(): readonly Plugin[] {
    return this.loaded.map(({ plugin }) => plugin);
  }

  /** The names in expressions. */
  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /** By name, alias, package, or the name of Apache's module: `mod_mime.c`, `mime_module`. */
  find(name: string): Plugin | undefined {
    return this.#byName.get(name.toLowerCase().replace(/\.c$/, ''))?.plugin;
  }

  /** `shout (sluice-plugin-shout 1.2.0)`, for messages. */
  describe(name: string): string {
    const loaded = this.#plugins.get(name);
    return loaded === undefined ? name : describePlugin(loaded);
  }

  add(plugin: Plugin, origin: PluginOrigin = builtInOrigin): void {
    const loaded = { plugin, origin };
    for (const [kind, namesOf] of claims) this.#claim(loaded, kind, namesOf(plugin));
    this.#plugins.set(plugin.name, loaded);
    for (const name of [plugin.name, ...(plugin.aliases ?? [])]) this.#byName.set(name.toLowerCase(), loaded);
    if (origin.packageName !== undefined) this.#byName.set(origin.packageName.toLowerCase(), loaded);
    if (plugin.directives !== undefined) this.directives.add(plugin.name, plugin.directives);
    if (plugin.foreignNames !== undefined) this.directives.foreign.add(plugin.foreignNames);
    this.providers.addPlugin(plugin);
    if (plugin.expressionFunctions !== undefined || plugin.expressionVariables !== undefined) {
      this.#vocabulary = extendVocabulary(this.#vocabulary, extensionsOf(plugin));
    }
    for (const [letter, item] of Object.entries(plugin.logItems ?? {})) this.logItems.set(letter, toLogItem(item));
    for (const { name } of plugin.services ?? []) this.serviceOwners.set(name, describePlugin(loaded));
    for (const [name, handler] of Object.entries(plugin.handlers ?? {})) {
      this.handlers.set(name.toLowerCase(), { plugin: plugin.name, name, handler });
    }
    for (const [name, handler] of Object.entries(plugin.connectionHandlers ?? {})) {
      this.connectionHandlers.set(name.toLowerCase(), { plugin: plugin.name, name, handler });
    }
    for (const [name, filter] of Object.entries(plugin.inputFilters ?? {})) {
      this.inputFilters.set(name.toLowerCase(), toNamedFilter(filter, name));
    }
    for (const [name, filter] of Object.entries(plugin.outputFilters ?? {})) {
      this.outputFilters.set(name.toLowerCase(), toNamedFilter(filter, name));
    }
  }

  /**
   * Obeys the Plugin or LoadModule line at `at`: a built-in plugin is there already, others are imported from a package or a
   * file below `folder`; a TypeScript config may give the plugin itself. Throws where it can't be found or isn't a plugin.
   */
  async load(plugin: string | object, at: Position, folder: string, importModule: ImportModule): Promise<void> {
    if (typeof plugin !== 'string') {
      const label = 'given in the config';
      checkPluginShape(plugin, label, true);
      return this.#addForeign(plugin, { label, at });
    }
    if (this.find(plugin) !== undefined) return;
    const looksForeign = /[./@]|^sluice-plugin-/.test(plugin);
    if (!looksForeign) {
      throw new Error(
        `there is no built-in plugin ${plugin}${didYouMean(plugin, this.#byName.keys())}; a package is named like sluice-plugin-shout, a file like ./shout.ts`,
      );
    }
    const { value, packageName, version } = await importPlugin(plugin, folder, importModule);
    const label = packageName === undefined ? plugin : `${packageName} ${version ?? ''}`.trimEnd();
    checkPluginShape(value, label, false);
    this.#addForeign(value, { label, packageName, version, at });
  }

  /**
   * Puts each behind those that it needs, when all are there.
   *
   * @throws {ConfigError} where one is missing or has the wrong version, or they wait for each other.
   */
  order(config: Position): void {
    this.#ordered = orderPlugins(this.loaded, config);
  }

  #addForeign(plugin: Plugin, origin: PluginOrigin): void {
    if (this.#plugins.get(plugin.name)?.plugin === plugin) return;
    if (plugin.sluice !== undefined) checkSluiceRange(`${plugin.name} (${origin.label})`, plugin.sluice);
    this.add(plugin, origin);
  }

  #claim(loaded: LoadedPlugin, kind: string, names: readonly string[]): void {
    for (const name of names) {
      const key = `${kind} ${name}`;
      const other = this.#owners.get(key);
      if (other !== undefined && other !== loaded) {
        const both = `${describePlugin(other)} and ${describePlugin(loaded)}`;
        throw new Error(`two plugins have the ${kind} ${name}: ${both}; load only one of them`);
      }
      this.#owners.set(key, loaded);
    }
  }
}

function keysOf(record: object | undefined): readonly string[] {
  return Object.keys(record ?? {});
}

function lowered(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}
