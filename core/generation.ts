import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compileScopes } from './config/compile.ts';
import { configErrorAt } from './config/config-error.ts';
import { readConfigFile } from './config/config-file.ts';
import { readConfigObject } from './config/config-object.ts';
import type { ConfigObject } from './config/define-config.ts';
import { IgnoredLines } from './config/ignored-lines.ts';
import type { LineOutcome } from './config/foreign-names.ts';
import { NameBook, type NameKind } from './config/name-book.ts';
import type { ReadConfig, ReadOptions } from './config/reading.ts';
import type { Scope } from './config/scope.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { HtaccessFiles } from './htaccess.ts';
import { ErrorLog } from './log/error-log.ts';
import { type ImportModule, moduleImporter } from './module-importer.ts';
import { Plan } from './plan.ts';
import { PluginPlanMaker } from './plan-maker.ts';
import type { Plugin } from './plugin.ts';
import { PluginLife } from './plugin-life.ts';
import { PluginSet } from './plugin-set.ts';
import { expressionParser } from './expression/expression-parser.ts';
import { SectionConditions } from './section-condition.ts';
import { SectionWalk } from './section-walk.ts';
import { ServerRecord } from './server-record.ts';
import { checkTlsOfHosts } from './tls/check-hosts.ts';
import { VirtualHosts } from './virtual-hosts.ts';

/** A config to serve: a file in either spelling, or the object that `defineConfig` takes. */
export type ConfigSource =
  | { readonly file: string }
  | { readonly config: ConfigObject; /** Relative paths start here. */ readonly folder: string };

export interface GenerationOptions {
  readonly builtIn: readonly Plugin[];
  /** Names given by `-D`. */
  readonly definitions?: ReadonlyMap<string, string>;
  /** Where relative paths start while no ServerRoot line says otherwise, instead of the folder of their file. */
  readonly serverRoot?: string;
  /** Only to be looked at: no log is opened, and no plugin is set up. */
  readonly dry?: boolean;
  /** Read handlers and config modules anew, as after a change. */
  readonly fresh?: boolean;
  /** Told of what is odd but no error. */
  readonly warn?: (message: string) => void;
  /** Told of every line that is no mistake. */
  readonly onLine?: (outcome: LineOutcome) => void;
}

/** Everything made of one reading of the config: servers with their plans, plugins, logs. A reload makes a new one. */
export class Generation {
  readonly plugins: PluginSet;
  readonly hosts: VirtualHosts;
  /** The config files that were read. */
  readonly files: readonly string[];
  /** True where some section asks for the page that shows the phases walked. */
  readonly watched: boolean;
  /** The server is stopping: no connection is kept. */
  closing = false;
  readonly #life: PluginLife;
  #running = 0;
  #whenUnused: (() => void) | undefined = undefined;

  private constructor(plugins: PluginSet, hosts: VirtualHosts, files: readonly string[], watched: boolean) {
    this.plugins = plugins;
    this.hosts = hosts;
    this.files = files;
    this.watched = watched;
    this.#life = new PluginLife(plugins.loaded, hosts.all);
  }

  /** Reads, checks and compiles a config. Throws a ConfigError, or an Error of a plugin, with nothing left open. */
  static async load(source: ConfigSource, options: GenerationOptions): Promise<Generation> {
    const plugins = new PluginSet(options.builtIn);
    const load = moduleImporter({ fresh: options.fresh ?? false });
    const importModule: ImportModule = async (module) => {
      plugins.sources.add(realPath(module));
      return await load(module);
    };
    const warn = options.warn ?? (() => undefined);
    const file = 'file' in source ? source.file : resolve(source.folder, 'config');
    const ignored = new IgnoredLines();
    const onLine = (outcome: LineOutcome): void => {
      ignored.add(outcome);
      options.onLine?.(outcome);
    };
    const readOptions: ReadOptions = {
      hasPlugin: (name) => plugins.find(name) !== undefined,
      definePlugin: (plugin, at) => plugins.load(plugin, at, dirname(at.file), importModule),
      linesWhenLoaded: (name) => plugins.find(name)?.whenLoaded ?? [],
      foreignModule: (name) => (plugins.find(name) === undefined ? plugins.directives.foreign.module(name) : undefined),
      warn,
      onLine,
      ...rootOf(options),
      ...(options.definitions === undefined ? {} : { definitions: options.definitions }),
    };
    const read = await readSource(source, file, plugins, importModule, readOptions);
    for (const name of read.files) plugins.sources.add(realPath(name));
    const names = new NameBook(
      new Map<NameKind, ReadonlyMap<string, unknown>>([
        ['input filter', plugins.inputFilters],
        ['output filter', plugins.outputFilters],
        ['connection handler', plugins.connectionHandlers],
      ]),
    );
    const expressions = expressionParser(plugins.vocabulary);
    const { providers, logItems } = plugins;
    const { errors = [], serverRoot } = read;
    const compileOptions = { importModule, warn, serverRoot, providers, logItems, expressions, names };
    // A plugin that couldn't be loaded is told of by itself, not by those that need it.
    if (errors.length === 0) plugins.order({ file, line: 0 });
    const main = await compileScopes(read.nodes, plugins.directives, { ...compileOptions, file, onLine, errors });
    ignored.tell(warn);
    const conditions = new SectionConditions(expressions);
    conditions.compile(main);
    const laterOptions = { ...readOptions, ...read.forLater, ...rootOf(read) };
    const htaccess = new HtaccessFiles(plugins.directives, laterOptions, compileOptions);
    const maker = makePlanMaker(plugins, file);
    const { dry = false } = options;
    const hosts = new VirtualHosts(main, (servers) =>
      makeServer(servers, { maker, plugins, htaccess, conditions, dry }),
    );
    checkTlsOfHosts(hosts);
    const generation = new Generation(plugins, hosts, read.files, hasDebug(main));
    await generation.#setUp(dry);
    return generation;
  }

  chooseServer(connection: ConnectionRecord, host: string | undefined): ServerRecord {
    return this.hosts.choose(connection.localIp, connection.localPort, host);
  }

  /** A request begins to use it; each calls `leave` once. */
  enter(): void {
    this.#running++;
  }

  leave(): void {
    if (--this.#running === 0) this.#whenUnused?.();
  }

  /** Closes it when the last request that uses it has ended. */
  async retire(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((done) => (this.#whenUnused = done));
    await this.close();
  }

  /** Lets plugins and logs go; for a generation that no request uses any more. */
  async close(): Promise<void> {
    try {
      await this.#life.close();
    } finally {
      for (const { log } of this.hosts.all) log.close();
    }
  }

  async #setUp(dry: boolean): Promise<void> {
    try {
      this.#life.check();
      if (!dry) await this.#life.setUp();
    } catch (error) {
      // Why it couldn't start is what counts, even where it can't be closed cleanly either.
      await this.close().catch(() => undefined);
      throw error;
    }
  }
}

async function readSource(
  source: ConfigSource,
  file: string,
  plugins: PluginSet,
  importModule: ImportModule,
  options: ReadOptions,
): Promise<ReadConfig> {
  if ('file' in source) return readConfigFile(file, plugins.directives, importModule, options);
  return readConfigObject(source.config, { file }, plugins.directives, options);
}

/** Hooks that can't be put in order are a mistake of the config that loads the plugins. */
function makePlanMaker(plugins: PluginSet, file: string): PluginPlanMaker {
  try {
    return new PluginPlanMaker(plugins.directives, plugins.all, (name) => plugins.describe(name));
  } catch (error) {
    throw configErrorAt({ file, line: 0 }, error);
  }
}

interface ServerParts {
  readonly maker: PluginPlanMaker;
  readonly plugins: PluginSet;
  readonly htaccess: HtaccessFiles;
  readonly conditions: SectionConditions;
  readonly dry: boolean;
}

function makeServer(
  servers: readonly Scope[],
  { maker, plugins, htaccess, conditions, dry }: ServerParts,
): ServerRecord {
  const root = Plan.root(maker, maker.defaults, servers);
  const walk = new SectionWalk(
    root,
    servers,
    (folder, plan) => htaccess.find(folder, plan),
    (scope, r) => conditions.holds(scope, r),
  );
  const place = { isVirtual: servers.length > 1, definedAt: servers.at(-1)! };
  const log = new ErrorLog(dry ? { ...root.config, errorLog: 'stderr' } : root.config, plugins.logItems);
  return new ServerRecord(place, root, walk, log, plugins);
}

function rootOf({ serverRoot }: { readonly serverRoot?: string | undefined }): { readonly serverRoot?: string } {
  return serverRoot === undefined ? {} : { serverRoot };
}

/** A config that is given as an object has a file in name only. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function hasDebug(scope: Scope): boolean {
  return scope.values.get('debug') === true || scope.sections.some(hasDebug);
}
