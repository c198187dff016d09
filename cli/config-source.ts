import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { builtInPlugins } from '../built-in-plugins.ts';
import { configFileNames, findConfigFile } from '../core/config/config-file.ts';
import type { GenerationOptions } from '../core/generation.ts';
import { debianEnvironment } from './debian-environment.ts';
import { CommandError } from './command-error.ts';
import type { Values } from './options.ts';
import { complain } from './print.ts';

/**
 * The config file that `-c` names, or the one in the current folder.
 *
 * @throws {CommandError} where there is none.
 */
export function configFile({ config }: Values): string {
  const path = resolve(config ?? '.');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`there is no config file ${path}`, 1);
  if (!found.isDirectory()) return path;
  const file = findConfigFile(path);
  if (file !== undefined) return file;
  throw new CommandError(
    `there is no config in ${path}: looked for ${configFileNames.join(', ')}; name one with -c FILE`,
    1,
  );
}

/** What every command gives to the reading of a config. */
export function generationOptions({ config, define = [] }: Values): GenerationOptions {
  return {
    ...(config === undefined ? {} : debianEnvironment(resolve(config))),
    builtIn: builtInPlugins,
    definitions: new Map(define.map((name) => [definedName(name), ''])),
    warn: (message) => complain('warning', message),
  };
}

/** The same for commands that only look at the config. */
export function inspectionOptions(values: Values): GenerationOptions {
  return { ...generationOptions(values), dry: true };
}

function definedName(name: string): string {
  if (/^[^\s=]+$/.test(name)) return name;
  throw new CommandError(
    `-D takes a name as IfDefine asks for it, not "${name}"; values are given by Define in the config`,
    2,
  );
}
