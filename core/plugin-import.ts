import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findModule, importExports } from './handler-loader.ts';
import type { ImportModule, ModuleExports } from './module-importer.ts';
import { messageOf } from './thrown.ts';
import { isInRange, isRange } from './version-range.ts';
import { version as sluiceVersion } from './version.ts';

/** What a module that a config names as a plugin exports, and the package that it is of. */
export interface ImportedPlugin {
  readonly value: unknown;
  readonly packageName: string | undefined;
  readonly version: string | undefined;
}

/**
 * Imports a plugin by the name of its package, or by its file; `::name` takes another export than `plugin` or the default
 * one. A package whose range of Sluice doesn't have this one isn't imported.
 *
 * @throws {Error} where there is no such module, it throws, has no such export, or is for another Sluice.
 */
export async function importPlugin(
  reference: string,
  folder: string,
  importModule: ImportModule,
): Promise<ImportedPlugin> {
  const [specifier = '', exportName] = reference.split('::');
  const name = packageNameOf(specifier);
  const file = findModule(specifier, folder);
  const manifest = name === undefined ? {} : readManifest(name, file);
  const peerRange = manifest.peerDependencies?.['sluice'];
  // Package managers know more than ranges, such as `workspace:*`.
  if (peerRange !== undefined && isRange(peerRange)) checkSluiceRange(`${specifier} ${manifest.version}`, peerRange);
  const exports = await importExports(specifier, folder, importModule).catch((error: unknown) => {
    throw new Error(`the plugin ${messageOf(error)}; mend it, or remove the line that loads it`, { cause: error });
  });
  return { value: pluginExport(exports, specifier, exportName), packageName: name, version: manifest.version };
}

/** Throws an Error that names `who` where this Sluice isn't in the range that it fits. */
export function checkSluiceRange(who: string, range: string): void {
  if (isInRange(sluiceVersion, range)) return;
  throw new Error(
    `the plugin ${who} is for Sluice ${range}, but this is ${sluiceVersion}; install a version of it for this Sluice, or another Sluice`,
  );
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** `@scope/name` or `name`, without a path inside the package; undefined for a file. */
function packageNameOf(specifier: string): string | undefined {
  if (/^\.{0,2}\//.test(specifier)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}

/** The package.json that stands above a package's file and has its name. */
function readManifest(name: string, file: string): Manifest {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      if (manifest.name === name) return manifest;
    } catch {
      // There is none in this folder, or it is that of something else.
    }
  }
  return {};
}

function pluginExport(exports: ModuleExports, specifier: string, name: string | undefined): unknown {
  const wanted = name === undefined ? ['plugin', 'default'] : [name];
  const found = wanted.find((candidate) => Object.hasOwn(exports, candidate));
  if (found !== undefined) return exports[found];
  const names = Object.keys(exports);
  throw new Error(
    `the plugin ${specifier} has no ${name === undefined ? 'default export' : `export ${name}`}; expected "export default definePlugin({ … })", but there ${
      names.length === 0 ? 'are no exports' : `is ${names.join(', ')}`
    }`,
  );
}
