import { type ConfigError, configErrorAt } from './config-error.ts';
import type { ForeignLine, LineOutcome } from './foreign-names.ts';
import type { Macro } from './macro.ts';
import type { ConfigNode, Position } from './tree.ts';

/** What reading a config asks of the program around it. */
export interface ReadOptions {
  /** Is the plugin there? Takes its name, or the name of Apache's module (`mod_mime.c`, `mime_module`). */
  hasPlugin(name: string): boolean;
  /** A `Plugin` or `LoadModule` line, or an entry of a TypeScript config's `plugins`; reading goes on when it is loaded. */
  definePlugin(plugin: string | object, at: Position): void | Promise<void>;
  /** What a LoadModule line stands for, besides that the plugin is there. */
  linesWhenLoaded?(name: string): readonly (readonly [directive: string, ...args: string[]])[];
  /** Is the name that a LoadModule line gives one of another server's modules, without a plugin for it? */
  foreignModule?(name: string): ForeignLine | undefined;
  /** Told of every line, once it is clear what becomes of it. */
  onLine?(outcome: LineOutcome): void;
  /** Something to tell that isn't an error; the message carries its position. */
  warn(message: string): void;
  /** What counts while no ServerRoot line says otherwise. */
  readonly serverRoot?: string;
  /** Names given on the command line by `-D`; in `.htaccess` files also those that the server's config defines. */
  readonly definitions?: ReadonlyMap<string, string>;
  /** In `.htaccess` files: Apache's modules that the server's config has loaded. */
  readonly loadedModules?: ReadonlySet<string>;
  /** `.htaccess` files may not include, define or load anything, and their lines are short. */
  readonly place?: 'server config' | '.htaccess';
}

/** What came out of reading a config file and everything it includes. */
export interface ReadConfig {
  readonly nodes: readonly ConfigNode[];
  /** What a ServerRoot line says, if there is one. */
  readonly serverRoot: string | undefined;
  /** Every file read, the first one first: what a watcher has to watch. */
  readonly files: readonly string[];
  /** Mistakes that didn't keep the rest from being read. */
  readonly errors?: readonly ConfigError[];
  /** What later files, such as `.htaccess`, go by. */
  readonly forLater?: Pick<ReadOptions, 'definitions' | 'loadedModules'>;
}

/** The state of a reading that its start-time directives and sections see and change. */
export interface Reading {
  readonly options: ReadOptions;
  readonly definitions: Map<string, string>;
  readonly macros: Map<string, Macro>;
  /** Apache's modules that LoadModule lines have named so far. */
  readonly loadedModules: Set<string>;
  /** Mistakes that needn't keep the rest from being read. */
  readonly errors: ConfigError[];
  serverRoot: string | undefined;
  /** Where the paths of start-time lines begin: the ServerRoot or, without one, the folder of the first file. */
  readonly root: string;
  include(file: string, at: Position): Promise<ConfigNode[]>;
  use(macro: Macro, args: readonly string[], at: Position): Promise<ConfigNode[]>;
}

/** Hands a plugin over; what goes wrong with it gets the position of the line that named it. */
export async function definePlugin(plugin: string | object, at: Position, options: ReadOptions): Promise<void> {
  try {
    await options.definePlugin(plugin, at);
  } catch (error) {
    throw configErrorAt(at, error);
  }
}
