import { type ErrorLogItem, errorLogItems } from './error-log-item.ts';
import type { RequestRecord } from '../request-record.ts';
import type { LogEntry } from './log-entry.ts';
import { escapeErrorLogItem } from './log-escape.ts';
import type { LogItemDeclaration, LogItems } from './log-item.ts';
import { logLevels, verbosity } from './log-level.ts';

/** Apache's layout when no ErrorLogFormat is given. */
export const defaultErrorLogFormat =
  '[%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\\ %a] %M% ,\\ referer:\\ %{Referer}i';

interface FormatPart {
  /** A new field begins here; a field with an empty item in it is left out. */
  readonly startsField: boolean;
  readonly isMessage: boolean;
  readonly ifEmpty: '' | '-';
  /** Left out, with its field, on lines graver than this. */
  readonly fromVerbosity: number;
  readonly item: ErrorLogItem;
  readonly argument: string;
}

/**
 * Compiles an ErrorLogFormat to the function that makes a line, without its line end. Throws where the format isn't valid
 * or has no `%M`. `items` are those of plugins.
 *
 * @example const format = compileErrorLogFormat('[%t] [%l] %M');
 */
export function compileErrorLogFormat(format: string, items: LogItems = new Map()): (entry: LogEntry) => string {
  const parts = parse(format, items);
  if (!parts.some((part) => part.isMessage)) {
    throw new Error(`ErrorLogFormat needs %M, the message itself; it isn't in "${format}"`);
  }
  return (entry) => {
    let line = '';
    let fieldStart = 0;
    let skipping = false;
    for (const part of parts) {
      if (part.startsField) {
        if (!skipping) fieldStart = line.length;
        skipping = false;
      }
      // The message is written even into a field that is left out.
      if (skipping && !part.isMessage) continue;
      const wanted = verbosity[entry.level] >= part.fromVerbosity;
      const text = wanted ? part.item(entry, part.argument) || part.ifEmpty : '';
      if (text !== '' || part.isMessage) {
        line += text;
      } else {
        line = line.slice(0, fieldStart);
        skipping = true;
      }
    }
    return line;
  };
}

const literal: ErrorLogItem = (_entry, text) => text;
const message: ErrorLogItem = (entry) => escapeErrorLogItem(entry.message);
const plain: Omit<FormatPart, 'item' | 'argument'> = {
  startsField: false,
  isMessage: false,
  ifEmpty: '',
  fromVerbosity: 0,
};

const percentItem = /%(?<modifiers>(?:\{[^}]*\}|[-+]|\d+)*)(?<letter>.)?/suy;
/** Blanks lead a literal, and the next unescaped one ends it, so that every field starts with its blank. */
const literalText = / *(?:\\.|[^\\% ]|\\$)*/suy;

function parse(format: string, items: LogItems): FormatPart[] {
  const parts: FormatPart[] = [];
  for (let at = 0; at < format.length;) {
    const from = at;
    while (format.startsWith('% ', at)) at += 2;
    if (at === format.length) break;
    const pattern = format[at] === '%' ? percentItem : literalText;
    pattern.lastIndex = at;
    const found = pattern.exec(format)!;
    const startsField = at > from || found[0].startsWith(' ');
    at = pattern.lastIndex;
    const part = found.groups === undefined ? literalPart(found[0]) : itemPart(found.groups, format, items);
    parts.push({ ...part, startsField });
  }
  return parts;
}

function literalPart(source: string): FormatPart {
  const text = source.replace(/\\(.)/gsu, (_, escaped: string) => controlCharacters.get(escaped) ?? escaped);
  return { ...plain, item: literal, argument: text };
}

const controlCharacters = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
]);

function itemPart(groups: Record<string, string | undefined>, format: string, items: LogItems): FormatPart {
  const { modifiers = '', letter } = groups;
  if (letter === undefined) throw new Error(`ErrorLogFormat "${format}" ends in the middle of %${modifiers}`);
  if (letter === '%' && modifiers === '') return { ...plain, item: literal, argument: '%' };

  const fromVerbosity = Number(/\d+(?![^{]*\})/.exec(modifiers)?.[0] ?? 0);
  if (fromVerbosity >= logLevels.length) {
    throw new Error(
      `ErrorLogFormat "${format}": the level in %${modifiers}${letter} must be 0 to ${logLevels.length - 1}`,
    );
  }
  if (/\+(?![^{]*\})/.test(modifiers)) {
    throw new Error(`ErrorLogFormat "${format}": %+${letter} is for per-request formats; use %-${letter} for a hyphen`);
  }
  const argument = /\{([^}]*)\}/.exec(modifiers)?.[1] ?? '';
  const item = letter === 'M' ? message : (errorLogItems.get(letter) ?? pluginItem(items.get(letter), argument));
  if (item === undefined) {
    throw new Error(
      `ErrorLogFormat "${format}": there is no item %${modifiers}${letter}; known are %% %M %${knownLetters(items).join(' %')}`,
    );
  }
  return {
    startsField: false,
    isMessage: letter === 'M',
    ifEmpty: /-(?![^{]*\})/.test(modifiers) ? '-' : '',
    fromVerbosity,
    item,
    argument,
  };
}

/** A plugin's item. What is logged about is a request record wherever there is one. */
function pluginItem(declaration: LogItemDeclaration | undefined, argument: string): ErrorLogItem | undefined {
  if (declaration?.inErrorLog !== true) return undefined;
  const item = declaration.compile(argument);
  const { isEscaped = false } = declaration;
  return ({ request }) => {
    const text = request === undefined ? undefined : item(request as RequestRecord);
    return text === undefined || isEscaped ? (text ?? '') : escapeErrorLogItem(text);
  };
}

function knownLetters(items: LogItems): readonly string[] {
  const added = [...items].filter(([, { inErrorLog }]) => inErrorLog).map(([letter]) => letter);
  return [...errorLogItems.keys(), ...added];
}
