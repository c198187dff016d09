import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

import type { LoadedExport, LoadedHandler } from './config/directive.ts';
import { didYouMean } from './config/nearest-name.ts';
import type { Argument, GivenArgument } from './config/tree.ts';
import { describeImportFailure, resolvePackage } from './module-importer.ts';
import type { ImportModule, ModuleExports } from './module-importer.ts';

export interface LoadOptions {
  /** Relative files start here, and packages are looked up from here. */
  readonly folder: string;
  /** The export to take where the argument names none, e.g. `contentHandler`; failing that, the default export. */
  readonly key: string;
  readonly importModule: ImportModule;
}

type AnyFunction = (subject: never) => unknown;
type AnyClass = new (subject: never) => object;

/**
 * Finds the handler that an argument of a config names.
 *
 * @throws {Error} when the file, package or export is missing, isn't a function, or throws while it is imported.
 * @example await loadHandler('./users.ts::show', { folder, key: 'contentHandler', importModule });
 */
export async function loadHandler(argument: Argument, options: LoadOptions): Promise<LoadedHandler> {
  if (typeof argument !== 'string') return toHandler(nameOf(argument), argument);
  const [module, path] = splitReference(argument);
  const exports = await importExports(module, options.folder, options.importModule);
  if (path === undefined) return toHandler(argument, defaultExport(exports, argument, options.key));
  const last = path.lastIndexOf('.');
  const name = path.slice(last + 1);
  const owner = last === -1 ? exports : walk(exports, path.slice(0, last), argument);
  if (isClass(owner)) return { name: argument, call: callOnInstance(owner, name, argument) };
  const value = member(owner, name, argument);
  // A method of an object keeps its `this`; a module's function has none.
  return toHandler(argument, last !== -1 && typeof value === 'function' ? value.bind(owner) : value);
}

/**
 * Finds what an argument of a config names, function or not.
 *
 * @throws {Error} when the file, package or export is missing, or the module throws while it is imported.
 */
export async function loadExport(argument: Argument, options: LoadOptions): Promise<LoadedExport> {
  if (typeof argument !== 'string') return { name: nameOf(argument), value: argument };
  const [module, path] = splitReference(argument);
  const exports = await importExports(module, options.folder, options.importModule);
  const value = path === undefined ? defaultExport(exports, argument, options.key) : walk(exports, path, argument);
  return { name: argument, value };
}

/**
 * Loads a module and takes the handlers it exports under the names `keys`; the others are left out.
 *
 * @throws {Error} when the module is missing, throws while it is imported, or such an export isn't a function.
 */
export async function loadHandlers(
  module: string,
  keys: readonly string[],
  options: Omit<LoadOptions, 'key'>,
): Promise<ReadonlyMap<string, LoadedHandler>> {
  const exports = await importExports(module, options.folder, options.importModule);
  const present = keys.filter((key) => Object.hasOwn(exports, key));
  return new Map(present.map((key) => [key, toHandler(`${module}::${key}`, exports[key])]));
}

/**
 * Imports a module of a file or package.
 *
 * @throws {Error} when there is none, or it throws.
 */
export async function importExports(
  module: string,
  folder: string,
  importModule: ImportModule,
): Promise<ModuleExports> {
  const file = findModule(module, folder);
  try {
    return await importModule(file);
  } catch (error) {
    throw new Error(`${module} can't be imported: ${describeImportFailure(error)}`, { cause: error });
  }
}

/** The file of a module. Throws an Error where there is none. */
export function findModule(module: string, folder: string): string {
  if (isAbsolute(module) || /^\.\.?(?:\/|$)/.test(module)) {
    const file = resolve(folder, module);
    if (existsSync(file)) return file;
    const others = existsSync(dirname(file)) ? readdirSync(dirname(file)) : [];
    throw new Error(`there is no file ${file}${didYouMean(basename(file), others)}`);
  }
  const file = resolvePackage(module, folder);
  if (file !== undefined) return file;
  const hint = existsSync(join(folder, module)) ? `; the file is named ./${module}` : '; is it installed?';
  throw new Error(`there is no package ${module} to be found from ${folder}${hint}`);
}

function nameOf(argument: GivenArgument): string {
  if (typeof argument !== 'function') return 'object';
  return argument.name === '' ? 'anonymous function' : argument.name;
}

function splitReference(reference: string): [module: string, path: string | undefined] {
  const at = reference.indexOf('::');
  return at === -1 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 2)];
}

function defaultExport(exports: ModuleExports, reference: string, key: string): unknown {
  if (Object.hasOwn(exports, key)) return exports[key];
  if (Object.hasOwn(exports, 'default')) return exports['default'];
  throw new Error(`${reference} exports neither ${key} nor a default; ${listExports(exports, key)}`);
}

/** Follows `a.b.c` from the exports. */
function walk(exports: ModuleExports, path: string, reference: string): unknown {
  return path.split('.').reduce<unknown>((owner, name) => member(owner, name, reference), exports);
}

function member(owner: unknown, name: string, reference: string): unknown {
  if ((typeof owner === 'object' && owner !== null) || typeof owner === 'function') {
    if (name in owner) return (owner as Record<string, unknown>)[name];
    throw new Error(`${reference}: there is no ${name}; ${listExports(owner, name)}`);
  }
  throw new Error(`${reference}: there is no ${name}, as what should have it is ${typeof owner}`);
}

function listExports(owner: object, wanted: string): string {
  const names = Object.keys(owner);
  return names.length === 0 ? 'there are no exports' : `there is ${names.join(', ')}${didYouMean(wanted, names)}`;
}

function toHandler(name: string, value: unknown): LoadedHandler {
  if (isClass(value)) throw new Error(`${name} is a class; name one of its methods, as in ::${value.name}.method`);
  if (typeof value !== 'function') throw new Error(`${name} must be a function, but is of type ${typeof value}`);
  return { name, call: value as AnyFunction };
}

function isClass(value: unknown): value is AnyClass {
  return typeof value === 'function' && Function.prototype.toString.call(value).startsWith('class');
}

/** One instance per class and request, shared by the methods that different phases name. */
const instances = new WeakMap<AnyClass, WeakMap<object, object>>();

function callOnInstance(Class: AnyClass, method: string, reference: string): AnyFunction {
  const prototype = Class.prototype as Record<string, unknown>;
  if (typeof prototype[method] !== 'function') {
    const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
    throw new Error(`${reference}: class ${Class.name} has no method ${method}${didYouMean(method, methods)}`);
  }
  let bySubject = instances.get(Class);
  if (bySubject === undefined) instances.set(Class, (bySubject = new WeakMap()));
  const known = bySubject;
  return (subject: object) => {
    let instance = known.get(subject);
    if (instance === undefined) known.set(subject, (instance = new Class(subject as never)));
    return (instance as Record<string, AnyFunction>)[method]?.call(instance, subject as never);
  };
}
