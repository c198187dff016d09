import { dirname, resolve } from 'node:path';

import { type ExpressionParser, expressionParser } from '../expression/expression-parser.ts';
import { loadExport, loadHandler, loadHandlers } from '../handler-loader.ts';
import type { ImportModule } from '../module-importer.ts';
import type { LogItems } from '../log/log-item.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { argumentCounts, argumentLists, fitsShape } from './arguments.ts';
import { ConfigError } from './config-error.ts';
import type { ArgumentShape, DirectiveDeclaration, DirectiveSite } from './directive.ts';
import { didYouMean } from './nearest-name.ts';
import type { NameBook, NameUse } from './name-book.ts';
import type { Place } from './place.ts';
import type { DirectiveRegistry, RegisteredDirective } from './registry.ts';
import type { Argument, ConfigNode } from './tree.ts';

export interface ParseOptions {
  readonly importModule: ImportModule;
  /** Where relative paths start instead of the folder of their file, if the config says so. */
  readonly serverRoot?: string | undefined;
  /** Who can be named in directives that say who may. */
  readonly providers?: ProviderRegistry;
  /** With what plugins add to expressions; without it Apache's names alone. */
  readonly expressions?: ExpressionParser;
  /** What log formats may have in them. */
  readonly logItems?: LogItems;
  /** Where declared names are written down. */
  readonly names?: NameBook;
  /** Collects the names that lines use. */
  readonly uses?: NameUse[];
}

const coreExpressions = expressionParser();

/** What stands in a block; nothing for a line. */
export type BlockContent = Pick<DirectiveSite, 'children' | 'content'>;

/**
 * The value of one line, or one block with its parsed content.
 *
 * @throws {ConfigError} for arguments of the wrong number or kind.
 */
export async function parseDirective(
  node: ConfigNode,
  registered: RegisteredDirective,
  { children, content }: BlockContent,
  place: Place,
  options: ParseOptions,
): Promise<unknown> {
  const { name, declaration } = registered;
  const args = checkedArguments(node, name, declaration);
  if (declaration.parse === undefined) return plainValue(declaration, args.map(spell));
  let value: unknown;
  for (const [index, list] of argumentLists(declaration.takes, args).entries()) {
    const site = makeSite(node, name, list, { children, content }, place, options);
    const parsed = await declaration.parse(list.map(spell), site);
    value = index === 0 || declaration.combine === undefined ? parsed : declaration.combine(value, parsed);
  }
  return value;
}

/** A second line of the same section over the first; where several directives share a key, by the rule of its owner. */
export function combineValues(
  { key, declaration }: RegisteredDirective,
  registry: DirectiveRegistry,
  earlier: unknown,
  later: unknown,
): unknown {
  const owner = declaration.combine === undefined ? (registry.find(key)?.declaration ?? declaration) : declaration;
  return owner.combine === undefined ? later : owner.combine(earlier, later);
}

function checkedArguments(node: ConfigNode, name: string, declaration: DirectiveDeclaration): readonly Argument[] {
  const { takes, usage } = declaration;
  const raw = takes === 'raw' && node.text !== undefined;
  const args = raw ? [node.text].filter((text) => text !== '') : node.args;
  if (!fitsShape(takes, args.length)) {
    const given = args.length === 0 ? 'none was given' : `${args.length} were given: ${args.map(spell).join(' ')}`;
    throw new ConfigError(node, `${name} takes ${argumentCounts[takes].words} (${usage}), but ${given}`);
  }
  // Apache takes an empty first argument for none.
  if (args[0] === '' && !unsplit.has(takes)) {
    throw new ConfigError(node, `${name} takes ${argumentCounts[takes].words} (${usage}), but the first one is empty`);
  }
  if (declaration.functions === undefined && args.some((argument) => typeof argument === 'function')) {
    throw new ConfigError(node, `${name} takes text (${usage}), not a function`);
  }
  if (takes === 'flag' && !/^(?:on|off)$/i.test(spell(args[0]!))) {
    throw new ConfigError(node, `${name} must be On or Off, but is "${spell(args[0]!)}"`);
  }
  return declaration.words === undefined
    ? args
    : args.map((argument) => knownWord(spell(argument), declaration.words!, node));
}

/** The word as its declaration spells it. */
function knownWord(given: string, words: readonly string[], node: ConfigNode): string {
  const found = words.find((word) => word.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  throw new ConfigError(node, `${node.name} is ${list}, not "${given}"${didYouMean(given, words)}`);
}

/** Shapes whose arguments the directive looks at itself. */
const unsplit: ReadonlySet<ArgumentShape> = new Set(['any', 'some', 'raw']);

/** The value of a directive that doesn't parse its arguments itself. */
function plainValue({ takes }: DirectiveDeclaration, args: readonly string[]): unknown {
  if (takes === 'flag') return args[0]?.toLowerCase() === 'on';
  return takes === 'one' || takes === 'raw' ? args[0] : args;
}

function spell(argument: Argument): string {
  return typeof argument === 'string' ? argument : String(argument.name);
}

function makeSite(
  node: ConfigNode,
  name: string,
  args: readonly Argument[],
  { children, content }: BlockContent,
  place: Place,
  options: ParseOptions,
): DirectiveSite {
  const { importModule, serverRoot, names, uses } = options;
  const { providers = new ProviderRegistry(), expressions = coreExpressions, logItems = new Map() } = options;
  const { file, line } = node;
  const folder = dirname(file);
  return {
    file,
    line,
    name,
    folder,
    context: place.context,
    section: place.section,
    override: place.override,
    children,
    args,
    text: node.text,
    content,
    providers,
    ...expressions,
    logItems,
    declareName: (kind, declared) => names?.declare(kind, declared),
    useName: (used, ...kinds) => void uses?.push({ directive: name, name: used, kinds, at: { file, line } }),
    resolve: (path) => resolve(serverRoot ?? folder, path),
    fail(message) {
      throw new ConfigError(node, message);
    },
    loadHandler: (argument, key) => loadHandler(argument, { folder, key, importModule }),
    loadExport: (argument, key) => loadExport(argument, { folder, key, importModule }),
    loadHandlers: (module, keys) => loadHandlers(module, keys, { folder, importModule }),
  };
}
