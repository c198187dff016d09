import { argumentCounts } from './config/arguments.ts';
import type { DirectiveDeclaration } from './config/directive.ts';
import { didYouMean } from './config/nearest-name.ts';
import type { LogItemDeclaration } from './log/log-item.ts';
import { phases } from './phases.ts';
import type { ConnectionHook, FilterHook, PhaseHook, Plugin } from './plugin.ts';
import { isRange, isVersion } from './version-range.ts';

/**
 * Checks that a stranger's value is a plugin as `definePlugin` types it, since not everybody compiles with types. One that a
 * config gives itself may have members of its own, for those who hold it, unless they look like misspelt ones.
 *
 * @throws {Error} that names `origin`, the first member that is wrong, and what was expected.
 */
export function checkPluginShape(value: unknown, origin: string, mayHaveOwnMembers: boolean): asserts value is Plugin {
  if (typeof value === 'function') {
    throw new Error(`${origin} is a function, not a plugin; call it in the config if it makes one`);
  }
  if (!isObject(value) || typeof value['name'] !== 'string') {
    const given = isObject(value) ? 'an object without a name' : nameKind(value);
    throw new Error(`${origin} is not a plugin: expected what definePlugin({ name, … }) gives, but found ${given}`);
  }
  try {
    members(pluginMembers, ['name'], mayHaveOwnMembers)(value, '');
  } catch (error) {
    if (!(error instanceof ShapeFault)) throw error;
    throw new Error(`the plugin ${value['name']} (${origin}): ${error.message}`, { cause: error });
  }
}

class ShapeFault extends Error {}

/** Throws a ShapeFault where the value at `path` isn't as expected. */
type Check = (value: unknown, path: string) => void;

type Members<Type> = { readonly [Member in keyof Required<Type>]: Check };

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const text = expecting('a text', isText);
/** It may be empty. */
const phrase = expecting('a text', (value) => typeof value === 'string');
const isFunction = (value: unknown): boolean => typeof value === 'function';
const callable = expecting('a function', isFunction);
const texts = listOf(text);
const count = expecting('a number', (value) => typeof value === 'number');
const flag = expecting('true or false', (value) => typeof value === 'boolean');
const yes = expecting('true', (value) => value === true);
const range = expecting('a range of versions, such as ^1.2', (value) => typeof value === 'string' && isRange(value));
const anything: Check = () => undefined;
const objects = recordOf(expecting('an object', isObject));
const filter = expecting('a filter: an object or a function', (value) => isObject(value) || isFunction(value));

const place = { order: oneOf(['first', 'middle', 'last']), before: texts, after: texts, when: callable };
const filterHook = members<FilterHook>({ ...place, insert: callable }, ['insert']);
const phaseHook = members<PhaseHook<'fixup'>>({ ...place, handler: callable, pure: yes }, ['handler']);
const connectionHook = members<ConnectionHook>({ ...place, handler: callable }, ['handler']);

const logItem = members<LogItemDeclaration>(
  { compile: callable, asksOriginal: flag, isLate: flag, inErrorLog: flag, isEscaped: flag },
  ['compile'],
);

const directive = members<DirectiveDeclaration>(
  {
    takes: oneOf(Object.keys(argumentCounts)),
    usage: phrase,
    help: text,
    contexts: listOf(oneOf(['server config', 'virtual host', 'directory', '.htaccess'])),
    override: oneOf(['AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options']),
    default: anything,
    defaultText: text,
    words: texts,
    deprecated: text,
    block: yes,
    settings: yes,
    narrow: callable,
    into: text,
    intoFor: callable,
    functions: yes,
    parse: callable,
    combine: callable,
    merge: callable,
  },
  ['takes', 'usage', 'help', 'contexts'],
);

const pluginMembers: Members<Plugin> = {
  name: text,
  aliases: texts,
  version: expecting('a version, such as 1.2.3', (value) => typeof value === 'string' && isVersion(value)),
  sluice: range,
  dependencies: recordOf(range),
  optionalDependencies: recordOf(range),
  before: texts,
  after: texts,
  directives: recordOf(directive),
  whenLoaded: listOf(texts),
  phases: recordOf(
    (value, path) => {
      const hooks = Array.isArray(value) ? value : [value];
      for (const hook of hooks) callableOr(phaseHook)(hook, path);
    },
    'phase',
    phases.map(({ name }) => name),
  ),
  connection: callableOr(connectionHook),
  connectionHandlers: recordOf(callable),
  handlers: recordOf(callable),
  inputFilters: recordOf(filter),
  outputFilters: recordOf(filter),
  authenticationProviders: objects,
  authorizationProviders: recordOf(
    members({ usage: phrase, needsUser: anything, parse: callable }, ['usage', 'parse']),
  ),
  authenticationTypes: texts,
  expressionFunctions: recordOf(
    callableOr(members({ evaluate: callable, arity: count, variesOnArgument: yes, readsFiles: yes }, ['evaluate'])),
  ),
  expressionVariables: recordOf(callableOr(members({ read: callable, varyOn: text }, ['read']))),
  logItems: (value, path) => {
    recordOf(callableOr(logItem))(value, path);
    const wrong = Object.keys(value as object).find((name) => !/^(?:\^[a-z]{2}|[a-z])$/i.test(name));
    if (wrong !== undefined) throw new ShapeFault(`${path}: "${wrong}" must be one letter, or ^ and two letters`);
  },
  services: listOf(expecting('a key that serviceKey made', (value) => isObject(value) && isText(value['name']))),
  foreignNames: members({ directives: objects, modules: objects }, ['directives', 'modules']),
  insertFilters: filterHook,
  insertErrorFilters: filterHook,
  insertChallenge: filterHook,
  wrapHandler: callable,
  check: callable,
  setup: callable,
  close: callable,
};

function expecting(what: string, fits: (value: unknown) => boolean): Check {
  return (value, path) => {
    if (!fits(value)) throw new ShapeFault(`${path} must be ${what}, but is ${nameKind(value)}`);
  };
}

function oneOf(words: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && words.includes(value)) return;
    const hint = typeof value === 'string' ? didYouMean(value, words) : '';
    throw new ShapeFault(`${path} must be one of ${words.join(', ')}, but is ${nameKind(value)}${hint}`);
  };
}

function callableOr(other: Check): Check {
  return (value, path) => {
    if (!isFunction(value)) other(value, path);
  };
}

function listOf(element: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeFault(`${path} must be an array, but is ${nameKind(value)}`);
    for (const [index, item] of value.entries()) element(item, `${path}[${index}]`);
  };
}

/** An object whose keys are names; with `known`, only those. */
function recordOf(element: Check, kind?: string, known: readonly string[] = []): Check {
  return (value, path) => {
    if (!isObject(value)) throw new ShapeFault(`${path} must be an object, but is ${nameKind(value)}`);
    for (const [name, item] of Object.entries(value)) {
      if (kind !== undefined && !known.includes(name)) {
        throw new ShapeFault(`there is no ${kind} ${name}${didYouMean(name, known)}`);
      }
      if (item !== undefined) element(item, `${path}.${name}`);
    }
  };
}

function members<Type>(checks: Members<Type>, needed: readonly (keyof Type & string)[], mayHaveOwn = false): Check {
  const known = Object.keys(checks);
  return (value, path) => {
    if (!isObject(value)) throw new ShapeFault(`${path} must be an object, but is ${nameKind(value)}`);
    const at = path === '' ? '' : `${path}.`;
    for (const [name, item] of Object.entries(value)) {
      if (known.includes(name)) {
        if (item !== undefined) checks[name as keyof Type](item, at + name);
      } else {
        const hint = didYouMean(name, known);
        if (hint !== '' || !mayHaveOwn) throw new ShapeFault(`there is no member ${at}${name}${hint}`);
      }
    }
    for (const name of needed) {
      if (value[name] === undefined) throw new ShapeFault(`the member ${at}${name} is missing`);
    }
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameKind(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return 'an array';
  return value === null || typeof value === 'boolean' || typeof value === 'number' ? String(value) : typeof value;
}
