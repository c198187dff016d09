import { type Stats, readFileSync, statSync } from 'node:fs';
import { type CompileOptions, compileScopes } from './config/compile.ts';
import { readHttpdText } from './config/httpd-syntax.ts';
import type { ReadOptions } from './config/reading.ts';
import type { DirectiveRegistry } from './config/registry.ts';
import type { Scope } from './config/scope.ts';
import type { Plan } from './plan.ts';
import { codeOf, messageOf } from './thrown.ts';
import { httpError } from './verdict.ts';

/** One file as it was last seen, and what it means under the plans that it has met. */
interface KnownFile {
  readonly stamp: string;
  readonly text: string;
  readonly scopes: WeakMap<Plan, Promise<Scope> | Scope>;
}

/**
 * The `.htaccess` files of the served folders. Each request looks at their time and size, so that a change counts at once;
 * the same content is parsed only once.
 */
export class HtaccessFiles {
  readonly #registry: DirectiveRegistry;
  readonly #readOptions: ReadOptions;
  readonly #compileOptions: Omit<CompileOptions, 'file' | 'override'>;
  readonly #known = new Map<string, KnownFile>();

  constructor(
    registry: DirectiveRegistry,
    readOptions: ReadOptions,
    compileOptions: Omit<CompileOptions, 'file' | 'override'>,
  ) {
    this.#registry = registry;
    this.#readOptions = { ...readOptions, place: '.htaccess' };
    this.#compileOptions = compileOptions;
  }

  /**
   * The section that a folder's own file makes under `plan`; undefined where AllowOverride permits nothing or there is no
   * file. Throws 403 where it can't be read and 500 where it is wrong, as Apache answers.
   */
  find(folder: string, plan: Plan): Scope | undefined | Promise<Scope> {
    const { allowOverride, allowOverrideList, accessFileName } = plan.config;
    if (allowOverride.classes.size === 0 && allowOverrideList.size === 0) return undefined;
    for (const name of accessFileName) {
      const known = this.#look(`${folder}/${name}`);
      if (known === undefined) continue;
      const scope = known.scopes.get(plan) ?? this.#compile(`${folder}/${name}`, known, plan);
      known.scopes.set(plan, scope);
      return scope;
    }
    return undefined;
  }

  #look(file: string): KnownFile | undefined {
    try {
      const found = statSync(file, { throwIfNoEntry: false });
      if (found === undefined) {
        this.#known.delete(file);
        return undefined;
      }
      const stamp = stampOf(found);
      const before = this.#known.get(file);
      if (before?.stamp === stamp) return before;
      const text = readFileSync(file, 'utf8');
      const known = { stamp, text, scopes: before?.text === text ? before.scopes : new WeakMap<Plan, Scope>() };
      this.#known.set(file, known);
      return known;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw httpError(403, `${file} can't be read, so nothing below it is served: ${messageOf(error)}`);
    }
  }

  async #compile(file: string, known: KnownFile, plan: Plan): Promise<Scope> {
    const { allowOverride, allowOverrideList } = plan.config;
    const override = { ...allowOverride, directives: allowOverrideList };
    try {
      const { nodes } = await readHttpdText(known.text, file, this.#readOptions);
      const scope = await compileScopes(nodes, this.#registry, { ...this.#compileOptions, file, override });
      known.scopes.set(plan, scope);
      return scope;
    } catch (error) {
      throw httpError(500, messageOf(error));
    }
  }
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}
