import { dirname, resolve } from 'node:path';
import { isRegExp } from 'node:util/types';

import { ConfigError } from './config-error.ts';
import { directiveLines } from './directive-lines.ts';
import { configKey } from './config-key.ts';
import { KeyLines } from './key-lines.ts';
import { didYouMean } from './nearest-name.ts';
import { patternSource } from './pattern-source.ts';
import { definePlugin } from './reading.ts';
import type { ReadConfig, ReadOptions } from './reading.ts';
import type { DirectiveRegistry, RegisteredDirective } from './registry.ts';
import { sectionKinds } from './section-kinds.ts';
import type { SectionKind } from './section-kinds.ts';
import type { ConfigNode, Position } from './tree.ts';
import { splitWords } from './words.ts';

export interface ObjectSource {
  /** Messages name it, and relative paths start in its folder. */
  readonly file: string;
  /** The file's text, where the lines of keys are looked up. */
  readonly source?: string;
}

/**
 * Reads a config in its TypeScript spelling. Its plugins are handed over first, so that `registry` knows their directives.
 *
 * @throws {ConfigError} at the first key or value that fits nothing.
 */
export async function readConfigObject(
  config: unknown,
  { file, source = '' }: ObjectSource,
  registry: DirectiveRegistry,
  options: ReadOptions,
): Promise<ReadConfig> {
  const top = asObject(config, { file, line: 0 }, 'a config');
  const { plugins, serverRoot, $schema: _schema, ...rest } = top;
  const pluginLine = { file, line: new KeyLines(source).next('plugins') };
  for (const plugin of asList(plugins, pluginLine, 'plugins')) {
    if (typeof plugin !== 'string' && (typeof plugin !== 'object' || plugin === null)) {
      throw new ConfigError(pluginLine, `plugins lists names and plugins, but has a ${typeof plugin}`);
    }
    await definePlugin(plugin, pluginLine, options);
  }
  if (serverRoot !== undefined && typeof serverRoot !== 'string') {
    throw new ConfigError({ file, line: 0 }, `serverRoot must be a folder's path, but is of type ${typeof serverRoot}`);
  }
  const nodes = new ObjectReader(file, source, registry).nodes(rest);
  return {
    nodes,
    serverRoot: serverRoot === undefined ? undefined : resolve(dirname(file), serverRoot),
    files: [file],
  };
}

const sectionsByKey: ReadonlyMap<string, SectionKind> = new Map(
  sectionKinds.map((kind) => [configKey(kind.name), kind]),
);

class ObjectReader {
  readonly #file: string;
  readonly #lines: KeyLines;
  readonly #registry: DirectiveRegistry;

  constructor(file: string, source: string, registry: DirectiveRegistry) {
    this.#file = file;
    this.#lines = new KeyLines(source);
    this.#registry = registry;
  }

  /** The directives and sections of an object, in the order of its keys. */
  nodes(object: Readonly<Record<string, unknown>>): ConfigNode[] {
    const nodes: ConfigNode[] = [];
    for (const [key, value] of Object.entries(object)) {
      if (value !== undefined) nodes.push(...this.#entry(key, value, this.#position(key)));
    }
    return nodes;
  }

  #entry(key: string, value: unknown, at: Position): ConfigNode[] {
    if (key === 'sections') return asList(value, at, key).map((section) => this.#section(section, at));
    const registered = this.#registry.find(key);
    if (registered === undefined || configKey(registered.name) !== key) throw this.#unknownKey(key, at);
    return registered.declaration.block ? this.#blocks(registered, value, at) : directiveLines(registered, value, at);
  }

  #blocks({ name }: RegisteredDirective, value: unknown, at: Position): ConfigNode[] {
    const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
    return blocks.map((block) => {
      const { arguments: args, ...content } = asObject(block, at, configKey(name));
      const children = this.nodes(content);
      return { kind: 'section', name, args: asList(args, at, 'arguments').map(String), children, ...at };
    });
  }

  #section(value: unknown, around: Position): ConfigNode {
    const object = asObject(value, around, 'a section');
    const keys = Object.keys(object).filter((key) => sectionsByKey.has(key));
    const [sectionKey, second] = keys;
    if (sectionKey === undefined || second !== undefined) {
      const found = keys.length === 0 ? `none among ${Object.keys(object).join(', ')}` : keys.join(' and ');
      throw new ConfigError(
        this.#sectionPosition(object, around),
        `a section has exactly one of the keys ${[...sectionsByKey.keys()].join(', ')}, but here is ${found}`,
      );
    }
    let at = around;
    const children: ConfigNode[] = [];
    for (const [key, inside] of Object.entries(object)) {
      if (inside === undefined) continue;
      const position = this.#position(key);
      if (key === sectionKey) at = position;
      else children.push(...this.#entry(key, inside, position));
    }
    const name = sectionsByKey.get(sectionKey)?.name ?? sectionKey;
    return { kind: 'section', name, args: sectionWords(sectionKey, object[sectionKey], at), children, ...at };
  }

  #sectionPosition(object: object, around: Position): Position {
    const [key] = Object.keys(object);
    return key === undefined ? around : this.#position(key);
  }

  #position(key: string): Position {
    return { file: this.#file, line: this.#lines.next(key) };
  }

  #unknownKey(key: string, at: Position): ConfigError {
    const section = sectionsByKey.get(key);
    if (section !== undefined) {
      return new ConfigError(at, `${key} is a section; write it as an object in the list "sections"`);
    }
    const known = [
      ...this.#registry.names().map(configKey),
      ...sectionsByKey.keys(),
      'sections',
      'plugins',
      'serverRoot',
    ];
    const hint = didYouMean(key, known);
    return new ConfigError(at, `unknown directive ${key}: misspelt, or from a plugin that is not loaded${hint}`);
  }
}

function sectionWords(key: string, value: unknown, at: Position): readonly string[] {
  const takes = sectionsByKey.get(key)?.takes;
  if (takes === 'none' && value === true) return [];
  if (takes === 'list' && typeof value === 'string') return splitWords(value);
  if (takes === 'list' && isTextList(value)) return value;
  if ((takes === 'one' || takes === 'condition') && typeof value === 'string') return [value];
  if (takes === 'one' && isRegExp(value)) return [patternSource(value)];
  const expected = { none: 'true', list: 'a string or an array of strings', one: 'a string', condition: 'a string' };
  throw new ConfigError(at, `${key} must be ${expected[takes ?? 'one']}, but is of type ${typeof value}`);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}

function asObject(value: unknown, at: Position, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const given = Array.isArray(value) ? 'an array' : typeof value === 'function' ? 'a function' : String(value);
  throw new ConfigError(at, `${what} must be an object, but is ${given}`);
}

function asList(value: unknown, at: Position, key: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new ConfigError(at, `${key} must be an array, but is of type ${typeof value}`);
}
