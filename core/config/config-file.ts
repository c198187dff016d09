import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import { describeImportFailure } from '../module-importer.ts';
import type { ImportModule } from '../module-importer.ts';
import { messageOf } from '../thrown.ts';
import { ConfigError, configErrorAt } from './config-error.ts';
import { readConfigObject } from './config-object.ts';
import { readHttpdFile } from './httpd-syntax.ts';
import type { ReadConfig, ReadOptions } from './reading.ts';
import type { DirectiveRegistry } from './registry.ts';

/** The names under which a config is looked for, the first one found is taken. */
export const configFileNames = [
  'sluice.config.ts',
  'sluice.config.mts',
  'sluice.config.js',
  'sluice.config.mjs',
  'sluice.config.json',
  'httpd.conf',
] as const;

/** The config file in a folder, or undefined. */
export function findConfigFile(folder: string): string | undefined {
  return configFileNames.map((name) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * Reads a config file in the spelling that its extension says. `registry` must grow by the plugins that
 * `options.definePlugin` is given, since values in the TypeScript spelling are read by what the directives declare.
 *
 * @throws {ConfigError} when the file can't be read, imported or understood.
 */
export async function readConfigFile(
  file: string,
  registry: DirectiveRegistry,
  importModule: ImportModule,
  options: ReadOptions,
): Promise<ReadConfig> {
  const extension = extname(file);
  if (extension !== '.json' && !modules.has(extension)) return await readHttpdFile(file, options);
  const source = readSource(file);
  const config = extension === '.json' ? parseJson(source, file) : await importDefault(file, importModule);
  return await readConfigObject(config, { file, source }, registry, options);
}

const modules: ReadonlySet<string> = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']);

const byteOrderMark = /^\uFEFF/;

function readSource(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(byteOrderMark, '');
  } catch (error) {
    throw configErrorAt({ file, line: 0 }, error);
  }
}

function parseJson(source: string, file: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const message = messageOf(error);
    // The runtime says where as a number of characters, if at all.
    const [, position] = message.endsWith('end of JSON input')
      ? ['', source.length]
      : (/ position (\d+)/.exec(message) ?? []);
    const line = position === undefined ? 0 : source.slice(0, Number(position)).split('\n').length;
    throw new ConfigError({ file, line }, `expected JSON, without comments and final commas: ${message}`, {
      cause: error,
    });
  }
}

async function importDefault(file: string, importModule: ImportModule): Promise<unknown> {
  const at = { file, line: 0 };
  const exports = await importModule(file).catch((error: unknown) => {
    throw new ConfigError(at, `can't be imported: ${describeImportFailure(error)}`, { cause: error });
  });
  if (!Object.hasOwn(exports, 'default')) {
    throw new ConfigError(at, `must have a default export, as in "export default defineConfig({ … })"`);
  }
  return exports['default'];
}
