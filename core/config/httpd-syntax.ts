import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { ConfigError, configErrorAt, formatPosition } from './config-error.ts';
import { expandMacro } from './macro.ts';
import type { Macro } from './macro.ts';
import type { ReadConfig, Reading, ReadOptions } from './reading.ts';
import { sourceLines } from './source-lines.ts';
import type { SourceLine } from './source-lines.ts';
import { startTimeDirectives } from './start-time-directives.ts';
import type { StartTimeDirective } from './start-time-directives.ts';
import { type StartTimeCondition, startTimeSections } from './start-time-sections.ts';
import type { ConfigNode, Position } from './tree.ts';
import { replaceVariables } from './variables.ts';
import { splitWords } from './words.ts';

/**
 * Reads a config file in Apache's syntax, with all that it includes.
 *
 * @throws {ConfigError} at the first line that can't be read.
 */
export async function readHttpdFile(file: string, options: ReadOptions): Promise<ReadConfig> {
  const reader = new HttpdReader(dirname(file), options);
  const nodes = await reader.include(file, { file, line: 0 });
  const { serverRoot, files, errors, definitions, loadedModules } = reader;
  return { nodes, serverRoot, files, errors, forLater: { definitions, loadedModules } };
}

/**
 * Reads config text that is at hand already, such as an `.htaccess` file's.
 *
 * @throws {ConfigError} at the first line that can't be read.
 */
export async function readHttpdText(text: string, file: string, options: ReadOptions): Promise<ReadConfig> {
  const reader = new HttpdReader(dirname(file), options);
  const nodes = await reader.readText(text, file);
  return { nodes, serverRoot: reader.serverRoot, files: [file] };
}

/** The characters that a line may have, as in Apache. */
const lineLimits = { 'server config': 16 * 1024 * 1024, '.htaccess': 8192 } as const;

interface OpenSection {
  readonly name: string;
  readonly at: Position;
  /** Where the nodes inside go: for a start-time section, to those around it. */
  readonly children: ConfigNode[];
}

class HttpdReader implements Reading {
  readonly options: ReadOptions;
  readonly definitions: Map<string, string>;
  readonly macros = new Map<string, Macro>();
  readonly loadedModules: Set<string>;
  readonly errors: ConfigError[] = [];
  readonly files: string[] = [];
  serverRoot: string | undefined;
  readonly #folder: string;
  readonly #place: 'server config' | '.htaccess';
  /** The files and macros that are being read right now, the outermost first. */
  readonly #openFiles: string[] = [];
  readonly #openMacros: Macro[] = [];

  constructor(folder: string, options: ReadOptions) {
    this.options = options;
    this.definitions = new Map(options.definitions);
    this.loadedModules = new Set(options.loadedModules);
    this.serverRoot = options.serverRoot;
    this.#folder = folder;
    this.#place = options.place ?? 'server config';
  }

  get root(): string {
    return this.serverRoot ?? this.#folder;
  }

  async include(file: string, at: Position): Promise<ConfigNode[]> {
    if (this.#openFiles.includes(file)) {
      throw new ConfigError(at, `the includes go in a circle: ${[...this.#openFiles, file].join(' → ')}`);
    }
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      throw configErrorAt(at, error);
    }
    this.files.push(file);
    this.#openFiles.push(file);
    const nodes = await this.readText(text, file);
    this.#openFiles.pop();
    return nodes;
  }

  async use(macro: Macro, args: readonly string[], at: Position): Promise<ConfigNode[]> {
    if (this.#openMacros.includes(macro)) {
      const circle = [...this.#openMacros, macro].map(({ name }) => name).join(' → ');
      throw new ConfigError(at, `the macros go in a circle: ${circle}`);
    }
    const lines = expandMacro(macro, args, at);
    this.#openMacros.push(macro);
    const nodes = await this.#readLines(lines);
    this.#openMacros.pop();
    return nodes;
  }

  async readText(text: string, file: string): Promise<ConfigNode[]> {
    const zero = text.indexOf('\0');
    if (zero !== -1) {
      const at = { file, line: text.slice(0, zero).split('\n').length };
      throw new ConfigError(at, 'expected text in UTF-8, but there is a zero byte; is this a config file?');
    }
    return await this.#readLines(sourceLines(text, file, lineLimits[this.#place]));
  }

  async #readLines(lines: readonly SourceLine[]): Promise<ConfigNode[]> {
    const nodes: ConfigNode[] = [];
    const open: OpenSection[] = [];
    const rest = lines.values();
    for (const raw of rest) {
      const { at } = raw;
      const text = replaceVariables(raw.text, this.definitions, (name) =>
        this.options.warn(
          `${formatPosition(at)}: \${${name}} is neither defined nor in the environment; it stays as it is`,
        ),
      );
      const siblings = open.at(-1)?.children ?? nodes;
      if (text.startsWith('</')) {
        closeSection(text, at, open.pop());
      } else if (text.startsWith('<')) {
        const section = this.#openSection(text, at, siblings, rest);
        if (section !== undefined) open.push(section);
      } else {
        const { name, argumentText } = splitName(text);
        const args = splitWords(argumentText);
        const startTime = startTimeDirectives.get(name.toLowerCase());
        if (startTime === undefined) {
          siblings.push({ kind: 'directive', name, args, text: argumentText, ...at });
        } else {
          siblings.push(...((await this.#runStartTime(startTime, args, at)) ?? []));
        }
      }
    }
    const [outermost, ...inner] = open;
    if (outermost !== undefined) throw notClosed(outermost, inner);
    return nodes;
  }

  /** A section's first line; nothing where its body was skipped or kept as a macro. */
  #openSection(
    text: string,
    at: Position,
    siblings: ConfigNode[],
    rest: IterableIterator<SourceLine>,
  ): OpenSection | undefined {
    const { name, argumentText } = splitTag(text, at);
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === 'macro') {
      this.#defineMacro(splitWords(argumentText), at, bodyLines(rest, name, at));
      return undefined;
    }
    const condition = startTimeSections.get(lowerCaseName);
    if (condition === undefined) {
      const children: ConfigNode[] = [];
      const args = splitWords(argumentText);
      siblings.push({ kind: 'section', name, args, text: argumentText, children, ...at });
      return { name, at, children };
    }
    const negated = argumentText.startsWith('!');
    const [argument, ...others] = splitWords(negated ? argumentText.slice(1) : argumentText);
    if (argument === undefined) throw new ConfigError(at, `<${name}> needs an argument, as in <${name} name>`);
    if (this.#holds(condition, [argument, ...others], at) !== negated) return { name, at, children: siblings };
    bodyLines(rest, name, at);
    return undefined;
  }

  #holds(condition: StartTimeCondition, args: readonly [string, ...string[]], at: Position): boolean {
    try {
      return condition(args, this);
    } catch (error) {
      throw configErrorAt(at, error);
    }
  }

  #defineMacro([name, ...parameters]: readonly string[], at: Position, lines: readonly SourceLine[]): void {
    this.#refuseOutsideServerConfig('<Macro>', at);
    if (name === undefined) throw new ConfigError(at, '<Macro> needs a name, as in <Macro Name $parameter>');
    const twice = parameters.find((parameter, index) => parameter === '' || parameters.indexOf(parameter) !== index);
    if (twice !== undefined) {
      throw new ConfigError(
        at,
        `the parameters of macro ${name} need different names, but "${twice}" is empty or used twice`,
      );
    }
    const earlier = this.macros.get(name.toLowerCase());
    if (earlier !== undefined) {
      this.options.warn(`${formatPosition(at)}: macro ${name} replaces the one of ${formatPosition(earlier.at)}`);
    }
    this.macros.set(name.toLowerCase(), { name, parameters, lines, at });
  }

  #runStartTime(
    directive: StartTimeDirective,
    args: readonly string[],
    at: Position,
  ): ReturnType<StartTimeDirective['run']> {
    if (directive.serverOnly) this.#refuseOutsideServerConfig(directive.name, at);
    if (args.length < directive.least || args.length > directive.most) {
      throw new ConfigError(
        at,
        `expected ${directive.name} ${directive.usage}, but ${args.length} arguments were given`,
      );
    }
    if (!directive.tellsItself) this.options.onLine?.({ ...at, name: directive.name });
    return directive.run(args, at, this);
  }

  #refuseOutsideServerConfig(name: string, at: Position): void {
    if (this.#place !== 'server config') {
      throw new ConfigError(at, `${name} isn't allowed in ${this.#place} files; put it into the server's config`);
    }
  }
}

function splitName(text: string): { name: string; argumentText: string } {
  const [, name = '', argumentText = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  return { name, argumentText };
}

function splitTag(text: string, at: Position): { name: string; argumentText: string } {
  if (!text.endsWith('>')) throw new ConfigError(at, `${text} lacks the ">" at its end`);
  const [, name = '', argumentText = ''] = /^<([^\s>]*)\s*(.*?)\s*>$/s.exec(text) ?? [];
  if (name === '') throw new ConfigError(at, `${text} lacks a section name after the "<"`);
  return { name, argumentText };
}

function closeSection(text: string, at: Position, section: OpenSection | undefined): void {
  const { name } = splitTag(text, at);
  if (section === undefined) throw new ConfigError(at, `<${name}> stands without a <${name.slice(1)}> before it`);
  if (name.slice(1).toLowerCase() !== section.name.toLowerCase()) {
    throw new ConfigError(
      at,
      `expected </${section.name}>, which closes the section of ${formatPosition(section.at)}, but found <${name}>`,
    );
  }
}

/** Takes the lines up to the section's end off `rest`, unread; sections inside must be balanced. */
function bodyLines(rest: IterableIterator<SourceLine>, name: string, at: Position): SourceLine[] {
  const outermost: OpenSection = { name, at, children: [] };
  const inner: OpenSection[] = [];
  const body: SourceLine[] = [];
  for (const line of rest) {
    if (line.text.startsWith('</')) {
      const section = inner.pop();
      closeSection(line.text, line.at, section ?? outermost);
      if (section === undefined) return body;
    } else if (line.text.startsWith('<')) {
      inner.push({ name: splitTag(line.text, line.at).name, at: line.at, children: [] });
    }
    body.push(line);
  }
  throw notClosed(outermost, inner);
}

function notClosed(outermost: OpenSection, inner: readonly OpenSection[]): ConfigError {
  const others = inner.map(({ name, at }) => `, nor <${name}> of ${formatPosition(at)}`);
  return new ConfigError(outermost.at, `<${outermost.name}> is never closed${others.join('')}`);
}
