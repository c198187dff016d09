import { readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNativeError } from 'node:util/types';

import { createJiti } from 'jiti';
import type { ModuleCache } from 'jiti';

/** A module's exports by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** Imports the module in a file, given by its absolute path. */
export type ImportModule = (file: string) => Promise<ModuleExports>;

/**
 * Makes the function that imports config files and handlers: JavaScript by the runtime, TypeScript by jiti. With `fresh` no
 * module of an earlier load is used again, so that changed files are seen, also those which the files import; the modules of
 * one such function are shared among each other. Packages are never loaded twice.
 */
export function moduleImporter({ fresh = false }: { readonly fresh?: boolean } = {}): ImportModule {
  return fresh ? freshImporter() : importOnce;
}

/**
 * The file that a package's name, or a path inside a package, stands for as seen from `folder`; undefined where there is none.
 */
export function resolvePackage(specifier: string, folder: string): string | undefined {
  const url = jiti.esmResolve(specifier, { parentURL: pathToFileURL(join(folder, 'config')), try: true });
  return url === undefined ? undefined : fileURLToPath(url);
}

/** What was thrown while a module was imported, and where. */
export function describeImportFailure(thrown: unknown): string {
  if (!isNativeError(thrown)) return String(thrown);
  // The first place of the stack that is a file's; for syntax errors it stands before the message.
  const [place] = /(?:file:\/\/)?\/[^\s()]+:\d+(?::\d+)?/.exec(thrown.stack ?? '') ?? [];
  return `${thrown.name}: ${thrown.message}${place === undefined ? '' : ` (${place.replace('file://', '')})`}`;
}

const packageFolder = `${sep}node_modules${sep}`;

const isTypeScript = (file: string): boolean => /\.[cm]?ts$/.test(file);

const jiti = createJiti(import.meta.url, { interopDefault: false });

async function importOnce(file: string): Promise<ModuleExports> {
  if (isTypeScript(file)) return await jiti.import<ModuleExports>(file);
  return (await import(pathToFileURL(file).href)) as ModuleExports;
}

function freshImporter(): ImportModule {
  const freshJiti = createJiti(import.meta.url, { interopDefault: false, moduleCache: false });
  const cache: ModuleCache = {};
  const evaluate = (file: string, async: boolean): unknown =>
    freshJiti.evalModule(readFileSync(file, 'utf8'), {
      id: file,
      filename: file,
      ext: extname(file),
      async,
      cache,
      forceTranspile: true,
    });
  const imported = new Map<string, Promise<ModuleExports>>();
  const load = async (file: string): Promise<ModuleExports> => {
    const loaded = cache[file];
    if (loaded?.loaded === true) return loaded.exports as ModuleExports;
    if (isTypeScript(file)) return (await evaluate(file, true)) as ModuleExports;
    try {
      return exportsOf(evaluate(file, false));
    } catch (error) {
      // With top-level await only the file itself can be loaded anew: jiti leaves the imports of JavaScript to the runtime.
      if (!isNativeError(error) || !error.message.startsWith('await is only valid')) throw error;
      return exportsOf(await evaluate(file, true));
    }
  };
  return (file) => {
    if (file.includes(packageFolder)) return importOnce(file);
    let promise = imported.get(file);
    if (promise === undefined) {
      promise = load(file);
      imported.set(file, promise);
    }
    return promise;
  };
}

/** As `import()` shows a CommonJS module: `module.exports` is its default export. */
function exportsOf(evaluated: unknown): ModuleExports {
  const exports = evaluated as ModuleExports;
  return '__esModule' in exports ? exports : { ...exports, default: exports };
}
