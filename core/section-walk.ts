import type { Scope } from './config/scope.ts';
import { type Captures, matcherOf } from './section-matcher.ts';
import type { Plan } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { isThenable } from './thenable.ts';

/** Finds the `.htaccess` that counts in a folder, given the plan that is in force there. */
export type FindHtaccess = (directory: string, plan: Plan) => Scope | undefined | Promise<Scope | undefined>;

/** Decides an If, Limit or their kin for a request. */
export type TestCondition = (scope: Scope, r: RequestRecord) => boolean | Promise<boolean>;

/** The Location sections that match one path, merged over the server's config. */
interface LocationMatch {
  readonly scopes: readonly Scope[];
  readonly captures: readonly Captures[];
  readonly plan: Plan;
}

/** How many paths and folders an index remembers before it starts anew. */
const MEMORY = 10_000;

/**
 * The sections of one server, ready to be matched; merges those that apply to a request, in Apache's order: Directory by
 * depth with `.htaccess` at each level, DirectoryMatch, Files, Location and Route, If.
 */
export class SectionWalk {
  readonly #root: Plan;
  readonly #findHtaccess: FindHtaccess;
  readonly #testCondition: TestCondition;
  /** Location, LocationMatch and Route in the order of the file. */
  readonly #locations: readonly Scope[];
  /** Places in `#locations` by plain path; `/a/` and `/a` are told apart by the matcher. */
  readonly #byPath = new Map<string, number[]>();
  /** Places in `#locations` that need their pattern tried. */
  readonly #patterns: readonly number[];
  readonly #directories: readonly Scope[];
  readonly #directoryExpressions: readonly Scope[];
  readonly #locationMemory = new Map<string, LocationMatch>();
  readonly #directoryMemory = new Map<string, Plan>();
  readonly #mayHaveHtaccess: boolean;

  constructor(root: Plan, servers: readonly Scope[], findHtaccess: FindHtaccess, testCondition: TestCondition) {
    this.#root = root;
    this.#findHtaccess = findHtaccess;
    this.#testCondition = testCondition;
    const sections = servers.flatMap((server) => server.sections);
    this.#locations = sections.filter(
      ({ kind }) => kind === 'Location' || kind === 'LocationMatch' || kind === 'Route',
    );
    this.#patterns = this.#indexLocations();
    const isExpression = ({ kind, args }: Scope): boolean => kind === 'DirectoryMatch' || args[0] === '~';
    const directories = sections.filter(({ kind }) => kind === 'Directory' || kind === 'DirectoryMatch');
    this.#directories = directories.filter((scope) => !isExpression(scope));
    this.#directoryExpressions = directories.filter(isExpression);
    this.#mayHaveHtaccess = [...servers, ...directories].some(
      ({ values }) => values.has('allowOverride') || values.has('allowOverrideList'),
    );
    for (const scope of sections) compileAll(scope);
  }

  /** Before translate: the server's config and the Location sections of the path. */
  mergeLocations(r: RequestRecord): void | Promise<void> {
    const found = this.#matchLocations(r.uri);
    r.plan = found.plan;
    for (const captures of found.captures) take(r, captures);
    return this.#mergeConditions(r);
  }

  /** After mapToStorage: everything. */
  mergeAll(r: RequestRecord): void | Promise<void> {
    const located = this.#mergeDirectories(r);
    return isThenable(located) ? located.then((plan) => this.#mergeRest(r, plan)) : this.#mergeRest(r, located);
  }

  #mergeRest(r: RequestRecord, directories: Plan): void | Promise<void> {
    let plan = directories;
    if (plan.files.length > 0 && r.translatedFilename !== undefined) {
      const name = r.filename!.slice(r.filename!.lastIndexOf('/') + 1);
      if (name !== '') {
        for (const scope of plan.files) {
          const captures = matcherOf(scope).matches(name);
          if (captures !== undefined) {
            plan = plan.over(scope);
            take(r, captures);
          }
        }
      }
    }
    const found = this.#matchLocations(r.uri);
    if (plan === this.#root) plan = found.plan;
    else for (const scope of found.scopes) plan = plan.over(scope);
    r.plan = plan;
    return this.#mergeConditions(r);
  }

  #indexLocations(): number[] {
    const patterns: number[] = [];
    for (const [index, scope] of this.#locations.entries()) {
      const { literal } = matcherOf(scope);
      if (literal === undefined) {
        patterns.push(index);
        continue;
      }
      const places = this.#byPath.get(literal);
      if (places === undefined) this.#byPath.set(literal, [index]);
      else places.push(index);
    }
    return patterns;
  }

  #matchLocations(uri: string): LocationMatch {
    let found = this.#locationMemory.get(uri);
    if (found === undefined) {
      found = this.#searchLocations(uri);
      if (this.#locationMemory.size >= MEMORY) this.#locationMemory.clear();
      this.#locationMemory.set(uri, found);
    }
    return found;
  }

  #searchLocations(uri: string): LocationMatch {
    const candidates = [...this.#patterns];
    for (let end = uri.length; end >= 0; end = end === 0 ? -1 : uri.lastIndexOf('/', end - 1)) {
      const places = this.#byPath.get(uri.slice(0, end));
      if (places !== undefined) candidates.push(...places);
    }
    const scopes: Scope[] = [];
    const captured: Captures[] = [];
    let plan = this.#root;
    for (const index of candidates.sort((a, b) => a - b)) {
      const scope = this.#locations[index]!;
      const captures = matcherOf(scope).matches(uri);
      if (captures === undefined) continue;
      scopes.push(scope);
      if (captures.params !== undefined || captures.groups !== undefined) captured.push(captures);
      plan = plan.over(scope);
    }
    return { scopes, captures: captured, plan };
  }

  #mergeDirectories(r: RequestRecord): Plan | Promise<Plan> {
    const path = r.translatedFilename;
    if (path === undefined) return this.#root;
    if (!this.#mayHaveHtaccess) {
      const above = this.#literalDirectories(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
      // Only where the answer depends on it is the file system asked what the path is.
      const plan = above === this.#literalDirectories(path) ? above : this.#literalDirectories(lastLevel(r));
      return this.#directoryExpressions.length === 0 ? plan : this.#mergeExpressions(r, plan);
    }
    const walked = this.#walkLevels(levelsOf(folderOf(r)), 0, this.#root);
    return isThenable(walked) ? walked.then((plan) => this.#mergeFile(r, plan)) : this.#mergeFile(r, walked);
  }

  #literalDirectories(folder: string): Plan {
    if (this.#directories.length === 0) return this.#root;
    let plan = this.#directoryMemory.get(folder);
    if (plan === undefined) {
      plan = this.#root;
      for (const level of levelsOf(folder)) for (const scope of this.#directoriesAt(level)) plan = plan.over(scope);
      if (this.#directoryMemory.size >= MEMORY) this.#directoryMemory.clear();
      this.#directoryMemory.set(folder, plan);
    }
    return plan;
  }

  #walkLevels(levels: readonly string[], from: number, base: Plan): Plan | Promise<Plan> {
    let plan = base;
    for (let at = from; at < levels.length; at++) {
      const level = levels[at]!;
      for (const scope of this.#directoriesAt(level)) plan = plan.over(scope);
      const found = this.#findHtaccess(level, plan);
      if (isThenable(found)) {
        return found.then((scope) => this.#walkLevels(levels, at + 1, scope === undefined ? plan : plan.over(scope)));
      }
      if (found !== undefined) plan = plan.over(found);
    }
    return plan;
  }

  /** The sections whose pattern ends exactly at this level. */
  #directoriesAt(level: string): Scope[] {
    const depth = level.split('/').length;
    return this.#directories.filter((scope) => {
      const matcher = matcherOf(scope);
      if (matcher.literal !== undefined) return matcher.literal === level;
      return scope.args.at(-1)!.replace(/\/$/, '').split('/').length === depth && matcher.matches(level) !== undefined;
    });
  }

  /** A file is a level of its own for Directory sections, but has no `.htaccess` in it. */
  #mergeFile(r: RequestRecord, folders: Plan): Plan {
    let plan = folders;
    if (isWholeFile(r)) for (const scope of this.#directoriesAt(r.filename!)) plan = plan.over(scope);
    return this.#mergeExpressions(r, plan);
  }

  #mergeExpressions(r: RequestRecord, base: Plan): Plan {
    let plan = base;
    for (const scope of this.#directoryExpressions) {
      const captures = matcherOf(scope).matches(r.filename!);
      if (captures === undefined) continue;
      plan = plan.over(scope);
      take(r, captures);
    }
    return plan;
  }

  /** Conditions in order; a section that comes in through one may bring further ones, which follow behind. */
  #mergeConditions(r: RequestRecord): void | Promise<void> {
    if (r.plan.conditions.length > 0) return this.#mergeConditionsFrom(r, 0, false);
  }

  #mergeConditionsFrom(r: RequestRecord, from: number, chainDone: boolean): void | Promise<void> {
    let done = chainDone;
    for (let at = from; at < r.plan.conditions.length; at++) {
      const scope = r.plan.conditions[at]!;
      const isAlternative = scope.kind === 'ElseIf' || scope.kind === 'Else';
      if (isAlternative && done) continue;
      const holds = scope.kind === 'Else' || this.#testCondition(scope, r);
      if (isThenable(holds)) {
        return holds.then((held) => {
          if (held) r.plan = r.plan.over(scope);
          return this.#mergeConditionsFrom(r, at + 1, held);
        });
      }
      if (holds) r.plan = r.plan.over(scope);
      done = holds;
    }
  }
}

/** Every pattern is compiled at start, so that a bad one is an error then. */
function compileAll(scope: Scope): void {
  if (patternKinds.has(scope.kind)) matcherOf(scope);
  for (const inner of scope.sections) compileAll(inner);
}

const patternKinds = new Set<Scope['kind']>([
  'Directory',
  'DirectoryMatch',
  'Files',
  'FilesMatch',
  'Location',
  'LocationMatch',
  'Route',
]);

function take(r: RequestRecord, { params, groups }: Captures): void {
  if (params !== undefined) r.params = params;
  for (const [name, value] of Object.entries(groups ?? {})) r.env.set(`MATCH_${name.toUpperCase()}`, value);
}

/** The path, where something is there and nothing of the URL is left behind it; else the folder above. */
function lastLevel(r: RequestRecord): string {
  return isWholeFile(r) ? r.filename! : folderOf(r);
}

function isWholeFile({ finfo, pathInfo }: RequestRecord): boolean {
  return finfo?.isFile() === true && pathInfo === '';
}

/** The folder itself, or the folder of the file, without a slash at the end. */
function folderOf(r: RequestRecord): string {
  const filename = r.filename!;
  const folder = r.finfo?.isDirectory() === true ? filename : filename.slice(0, Math.max(filename.lastIndexOf('/'), 0));
  return folder.replace(/\/$/, '');
}

/** `/a/b` → ``, `/a`, `/a/b`; the root is the empty level. */
function levelsOf(folder: string): string[] {
  const names = folder.split('/').slice(1);
  return ['', ...names.map((_, at) => `/${names.slice(0, at + 1).join('/')}`)];
}
