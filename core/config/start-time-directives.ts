import { resolve } from 'node:path';

import { ConfigError, configErrorAt, formatPosition } from './config-error.ts';
import { includeFiles } from './include-files.ts';
import { didYouMean } from './nearest-name.ts';
import { definePlugin } from './reading.ts';
import { isModuleName, plainModuleName } from './module-name.ts';
import type { Reading } from './reading.ts';
import type { ConfigNode, Position } from './tree.ts';

/** A directive that acts while the file is being read. */
export interface StartTimeDirective {
  readonly name: string;
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  /** Only the server's own files may say it. */
  readonly serverOnly?: true;
  /** `run` tells what becomes of the line. */
  readonly tellsItself?: true;
  /** Gives the nodes that stand in its place. */
  run(args: readonly string[], at: Position, reading: Reading): void | Promise<ConfigNode[] | void>;
}

const directives: readonly StartTimeDirective[] = [
  {
    name: 'Define',
    usage: 'name [value]',
    least: 1,
    most: 2,
    serverOnly: true,
    run([name = '', value = ''], at, { definitions }) {
      if (/[:{}]/.test(name)) throw new ConfigError(at, `a defined name has no ":", "{" or "}", but ${name} has`);
      definitions.set(name, value);
    },
  },
  {
    name: 'UnDefine',
    usage: 'name',
    least: 1,
    most: 1,
    serverOnly: true,
    run([name = ''], _at, { definitions }) {
      definitions.delete(name);
    },
  },
  {
    name: 'ServerRoot',
    usage: 'folder',
    least: 1,
    most: 1,
    serverOnly: true,
    run([folder = ''], _at, reading) {
      reading.serverRoot = resolve(reading.root, folder);
    },
  },
  {
    name: 'Include',
    usage: 'file|folder|pattern',
    least: 1,
    most: 1,
    serverOnly: true,
    async run([pattern = ''], at, reading) {
      const files = findFiles(pattern, at, reading);
      if (files.length > 0) return await includeAll(files, at, reading);
      reading.errors.push(
        new ConfigError(
          at,
          `Include ${pattern}: no such file below ${reading.root}; IncludeOptional permits that there is none`,
        ),
      );
      return [];
    },
  },
  {
    name: 'IncludeOptional',
    usage: 'file|folder|pattern',
    least: 1,
    most: 1,
    serverOnly: true,
    async run([pattern = ''], at, reading) {
      return await includeAll(findFiles(pattern, at, reading), at, reading);
    },
  },
  {
    name: 'Plugin',
    usage: 'plugin …',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    serverOnly: true,
    async run(plugins, at, { options }) {
      for (const plugin of plugins) await definePlugin(plugin, at, options);
    },
  },
  {
    // The second argument is the shared object, which a plugin doesn't have.
    name: 'LoadModule',
    usage: 'module [file]',
    least: 1,
    most: 2,
    serverOnly: true,
    tellsItself: true,
    async run([module = ''], at, { options, loadedModules, errors }) {
      const foreign = options.foreignModule?.(module);
      if (isModuleName(module)) loadedModules.add(plainModuleName(module));
      try {
        if (foreign === undefined) await definePlugin(module, at, options);
        else if (!foreign.harmless) throw new ConfigError(at, `${module}: ${foreign.reason}`);
        options.onLine?.({ ...at, name: 'LoadModule', ignored: foreign });
      } catch (error) {
        errors.push(configErrorAt(at, error));
      }
      const lines = options.linesWhenLoaded?.(module) ?? [];
      return lines.map(([name, ...args]) => ({ kind: 'directive', name, args, ...at }));
    },
  },
  {
    name: 'Use',
    usage: 'macro [argument …]',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    serverOnly: true,
    async run([name = '', ...args], at, reading) {
      const macro = reading.macros.get(name.toLowerCase());
      if (macro === undefined) throw noSuchMacro(name, at, reading);
      return await reading.use(macro, args, at);
    },
  },
  {
    name: 'UndefMacro',
    usage: 'macro',
    least: 1,
    most: 1,
    serverOnly: true,
    run([name = ''], at, reading) {
      if (!reading.macros.delete(name.toLowerCase())) throw noSuchMacro(name, at, reading);
    },
  },
  {
    name: 'Error',
    usage: 'message',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    run(words, at) {
      throw new ConfigError(at, words.join(' '));
    },
  },
  {
    name: 'Warning',
    usage: 'message',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    run(words, at, { options }) {
      options.warn(`${formatPosition(at)}: ${words.join(' ')}`);
    },
  },
];

/** By lower-case name. */
export const startTimeDirectives: ReadonlyMap<string, StartTimeDirective> = new Map(
  directives.map((directive) => [directive.name.toLowerCase(), directive]),
);

function findFiles(pattern: string, at: Position, { root }: Reading): string[] {
  try {
    return includeFiles(pattern, root);
  } catch (error) {
    throw configErrorAt(at, error);
  }
}

async function includeAll(files: readonly string[], at: Position, reading: Reading): Promise<ConfigNode[]> {
  const nodes: ConfigNode[] = [];
  for (const file of files) nodes.push(...(await reading.include(file, at)));
  return nodes;
}

function noSuchMacro(name: string, at: Position, { macros }: Reading): ConfigError {
  const known = [...macros.values()].map((macro) => macro.name);
  return new ConfigError(at, `there is no macro ${name} at this point${didYouMean(name, known)}`);
}
