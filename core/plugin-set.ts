import { didYouMean } from './config/nearest-name.ts';
import { DirectiveRegistry } from './config/registry.ts';
import { loadExport } from './handler-loader.ts';
import type { ImportModule } from './module-importer.ts';
import type { NamedFilter } from './filter/filter.ts';
import { toNamedFilter } from './filter/named-filter.ts';
import type { Plugin } from './plugin.ts';
import { ProviderRegistry } from './provider-registry.ts';
import type { NamedConnectionHandler, NamedHandler, ServerRegistry } from './server-record.ts';

/** The plugins of one configuration, and what they bring. Throws where two bring the same thing. */
export class PluginSet implements ServerRegistry {
  readonly directives = new DirectiveRegistry();
  readonly handlers = new Map<string, NamedHandler>();
  readonly connectionHandlers = new Map<string, NamedConnectionHandler>();
  readonly inputFilters = new Map<string, NamedFilter>();
  readonly outputFilters = new Map<string, NamedFilter>();
  readonly providers = new ProviderRegistry();
  readonly sources = new Set<string>();
  readonly #plugins = new Map<string, Plugin>();
  readonly #aliases = new Map<string, string>();

  constructor(builtIn: readonly Plugin[]) {
    for (const plugin of builtIn) this.add(plugin);
  }

  get all(): readonly Plugin[] {
    return [...this.#plugins.values()];
  }

  /** By name, alias, or the name of Apache's module: `mod_mime.c`, `mime_module`. */
  find(name: string): Plugin | undefined {
    const plain = name.toLowerCase().replace(/\.c$/, '');
    return this.#plugins.get(this.#aliases.get(plain) ?? plain);
  }

  add(plugin: Plugin): void {
    if (this.#plugins.has(plugin.name))
      throw new Error(`there are two plugins called ${plugin.name}; load only one of them`);
    this.#plugins.set(plugin.name, plugin);
    for (const alias of plugin.aliases ?? []) this.#aliases.set(alias.toLowerCase(), plugin.name);
    if (plugin.directives !== undefined) this.directives.add(plugin.name, plugin.directives);
    if (plugin.foreignNames !== undefined) this.directives.foreign.add(plugin.foreignNames);
    this.providers.addPlugin(plugin);
    for (const [name, handler] of Object.entries(plugin.handlers ?? {})) {
      this.#claim(this.handlers, 'handler', name, { plugin: plugin.name, name, handler });
    }
    for (const [name, handler] of Object.entries(plugin.connectionHandlers ?? {})) {
      this.#claim(this.connectionHandlers, 'connection handler', name, { plugin: plugin.name, name, handler });
    }
    for (const [name, filter] of Object.entries(plugin.inputFilters ?? {})) {
      this.#claim(this.inputFilters, 'input filter', name, toNamedFilter(filter, name));
    }
    for (const [name, filter] of Object.entries(plugin.outputFilters ?? {})) {
      this.#claim(this.outputFilters, 'output filter', name, toNamedFilter(filter, name));
    }
  }

  /**
   * Obeys a Plugin or LoadModule line: a built-in plugin is there already, others are imported from a package or file; a
   * TypeScript config may give the plugin itself. Throws where it can't be found or isn't a plugin.
   */
  async load(plugin: string | object, folder: string, importModule: ImportModule): Promise<void> {
    if (typeof plugin !== 'string') return this.#addChecked(plugin, 'the plugin given in the config');
    if (this.find(plugin) !== undefined) return;
    const looksForeign = /[./@]|^sluice-plugin-/.test(plugin);
    if (!looksForeign) {
      const known = [...this.#plugins.keys(), ...this.#aliases.keys()];
      throw new Error(
        `there is no built-in plugin ${plugin}${didYouMean(plugin, known)}; a package is named like sluice-plugin-shout, a file like ./shout.ts`,
      );
    }
    const { value } = await loadExport(plugin, { folder, key: 'plugin', importModule });
    this.#addChecked(value, plugin);
  }

  #addChecked(value: unknown, origin: string): void {
    if (typeof value !== 'object' || value === null || typeof (value as Plugin).name !== 'string') {
      throw new Error(
        `${origin} is not a plugin: expected what definePlugin({ name, … }) gives, but found ${typeof value}`,
      );
    }
    this.add(value as Plugin);
  }

  #claim<T>(names: Map<string, T>, kind: string, name: string, entry: T): void {
    if (names.has(name.toLowerCase()))
      throw new Error(`there are two plugins with a ${kind} called ${name}; load only one of them`);
    names.set(name.toLowerCase(), entry);
  }
}
