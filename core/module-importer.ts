import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNativeError } from 'node:util/types';
import type { Jiti, ModuleCache, createJiti } from 'jiti';

/** A module's exports by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** Imports the module in a file, given by its absolute path. */
export type ImportModule = (file: string) => Promise<ModuleExports>;

/** How long a module's top level may take, in milliseconds. */
const IMPORT_TIMEOUT = 30_000;

/**
 * Makes the function that imports config files and handlers: JavaScript by the runtime, TypeScript by jiti. With `fresh` no
 * module of an earlier load is used again, so that changed files are seen, also those which the files import; the modules of
 * one such function are shared among each other. Packages are never loaded twice. A module whose top level doesn't finish
 * within `timeout` milliseconds is an error, so that a reload gives up on it.
 */
export function moduleImporter({ fresh = false, timeout = IMPORT_TIMEOUT }: ImporterOptions = {}): ImportModule {
  const memory = fresh ? newMemory() : processMemory;
  return async (file) => {
    underWay.add(file);
    try {
      const native = file.includes(packageFolder) || (!fresh && !isTypeScript(file));
      if (native) return await within(timeout, import(pathToFileURL(file).href) as Promise<ModuleExports>);
      let exports = memory.imported.get(file);
      if (exports === undefined) memory.imported.set(file, (exports = load(file, memory.modules)));
      return await within(timeout, exports);
    } finally {
      underWay.delete(file);
    }
  };
}

interface ImporterOptions {
  readonly fresh?: boolean;
  readonly timeout?: number;
}

async function within<T>(timeout: number, imported: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // At a start nothing else goes on, so that Node ends, and the end of the process tells at once.
    timer = setTimeout(() => {
      reject(
        new Error(`its top level has not finished within ${timeout / 1_000} s; is there an await that never ends?`),
      );
    }, timeout).unref();
  });
  try {
    return await Promise.race([imported, late]);
  } finally {
    clearTimeout(timer);
  }
}

const underWay = new Set<string>();

/** The files whose import has begun and not ended: a process that ends by then was ended by one of them. */
export function filesBeingImported(): readonly string[] {
  return [...underWay];
}

/**
 * The file that a package's name, or a path inside a package, stands for as seen from `folder`; undefined where there is none.
 */
export function resolvePackage(specifier: string, folder: string): string | undefined {
  const url = jiti().esmResolve(specifier, { parentURL: pathToFileURL(join(folder, 'config')), try: true });
  const file = url === undefined ? undefined : fileURLToPath(url);
  // jiti would also take a file that is merely named like the package.
  return file?.startsWith(join(folder, specifier)) ? undefined : file;
}

/** What was thrown while a module was imported, and where, in one line. */
export function describeImportFailure(thrown: unknown): string {
  if (!isNativeError(thrown)) return firstLine(String(thrown));
  const { requireStack } = thrown as { requireStack?: readonly string[] };
  // The first place of the stack that is a file's; for syntax errors it stands before the message. Columns are those of
  // the transpiled text.
  const [place] = requireStack ?? /(?<=file:\/\/|[\s(])\/[^\s()]+?:\d+/.exec(thrown.stack ?? '') ?? [];
  return `${thrown.name}: ${firstLine(thrown.message)}${place === undefined ? '' : ` (${place})`}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.trim();

const require = createRequire(import.meta.url);

const packageFolder = `${sep}node_modules${sep}`;

const isTypeScript = (file: string): boolean => /\.[cm]?ts$/.test(file);

/** The modules that importers have loaded by jiti, and those on the way. */
interface Memory {
  readonly modules: ModuleCache;
  readonly imported: Map<string, Promise<ModuleExports>>;
}

const newMemory = (): Memory => ({ modules: {}, imported: new Map() });
const processMemory = newMemory();

let transpiler: Jiti | undefined;

/** Loaded when first needed: a server without TypeScript does without its 15 MB. */
function jiti(): Jiti {
  if (transpiler === undefined) {
    const loaded = require('jiti') as { createJiti: typeof createJiti };
    // Its own module cache is Node's, from which nothing could be loaded anew; `modules` takes its place.
    transpiler = loaded.createJiti(import.meta.url, { interopDefault: false, moduleCache: false });
  }
  return transpiler;
}

async function load(file: string, modules: ModuleCache): Promise<ModuleExports> {
  const known = modules[file];
  if (known?.loaded === true) return exportsOf(known.exports);
  const source = readFileSync(file, 'utf8');
  const evaluate = (async: boolean, cache: ModuleCache): unknown =>
    jiti().evalModule(source, { id: file, filename: file, async, cache, forceTranspile: true });
  if (isTypeScript(file)) return exportsOf(await evaluate(true, modules));
  try {
    return exportsOf(evaluate(false, withPackages(modules)));
  } catch (error) {
    // With top-level await only the file itself can be loaded anew: jiti leaves the imports of JavaScript to the runtime.
    if (!isNativeError(error) || !error.message.startsWith('await is only valid')) throw error;
    return exportsOf(await evaluate(true, modules));
  }
}

/** Answers for packages with the runtime's own copies, of which jiti would make its own when it doesn't await. */
function withPackages(modules: ModuleCache): ModuleCache {
  return new Proxy(modules, {
    get(known, file: string) {
      return known[file] ?? (file.includes(packageFolder) ? requirePackage(file) : undefined);
    },
  });
}

function requirePackage(file: string): ModuleCache[string] | undefined {
  try {
    return { exports: require(file) as unknown, loaded: true } as ModuleCache[string];
  } catch {
    // Such as a package with top-level await: left to jiti, which reports what is wrong with it.
    return undefined;
  }
}

/** As `import()` shows a CommonJS module: `module.exports` is its default export. */
function exportsOf(evaluated: unknown): ModuleExports {
  const exports = evaluated as ModuleExports;
  return '__esModule' in exports ? exports : { ...exports, default: exports };
}
