import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { fitsVersion } from './apache-version.ts';
import { isModuleName, plainModuleName } from './module-name.ts';
import type { Reading } from './reading.ts';

/** Does a section that is decided while reading hold for its arguments? Their `!` is the reader's business. */
export type StartTimeCondition = (args: readonly [string, ...string[]], reading: Reading) => boolean;

/** By lower-case name. */
export const startTimeSections: ReadonlyMap<string, StartTimeCondition> = new Map<string, StartTimeCondition>([
  ['ifdefine', ([name], { definitions }) => definitions.has(name)],
  ['ifplugin', ([name], { options }) => options.hasPlugin(name)],
  ['ifmodule', hasModule],
  ['ifversion', fitsVersion],
  ['iffile', ([path], { root }) => existsSync(resolve(root, path))],
]);

/** Those that Apache's builds have without a LoadModule line. */
const compiledIn: ReadonlySet<string> = new Set([
  'core',
  'http',
  'http_core',
  'log_config',
  'logio',
  'so',
  'unixd',
  'version',
  'watchdog',
]);

/** A config that loads modules means those it has loaded; any other means the plugins that are there. */
function hasModule([name]: readonly [string, ...string[]], { loadedModules, options }: Reading): boolean {
  if (loadedModules.size === 0 || !isModuleName(name)) return options.hasPlugin(name);
  const plain = plainModuleName(name);
  return loadedModules.has(plain) || compiledIn.has(plain);
}
