import type { RequestRecord } from '../core/request-record.ts';
import type { LogItem, LogItemDeclaration, LogItems } from '../core/log/log-item.ts';
import { escapeLogItem } from '../core/log/log-escape.ts';
import { logItems } from './log-items.ts';

/** Makes the line for a request, without its line end; takes the record of the request as it came in. */
export interface LogFormat {
  (original: RequestRecord): string;
  /** It counts the bytes of the connection, so that the line can be made only when the answer has been handed over. */
  readonly isLate: boolean;
}

const apacheItems: LogItems = new Map(Object.entries(logItems));

/** Part of a line; `final` is the record that was answered after internal redirects. */
type LogPart = (final: RequestRecord, original: RequestRecord) => string;

/**
 * Compiles a LogFormat once, so that a request only puts strings together; without `items` it knows Apache's. Throws for an
 * item that there isn't.
 *
 * @example const common = compileLogFormat('%h %l %u %t "%r" %>s %b');
 */
export function compileLogFormat(format: string, items: LogItems = apacheItems): LogFormat {
  const matches = [...format.matchAll(itemOrText)];
  const parts = matches.map((match) =>
    match.groups?.['item'] === undefined ? literalText(match[0]) : itemPart(match.groups, format, items),
  );
  const line = (original: RequestRecord): string => {
    let final = original;
    while (final.next !== undefined) final = final.next;
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(final, original);
    return text;
  };
  return Object.assign(line, { isLate: matches.some((match) => items.get(match.groups?.['letter'] ?? '')?.isLate) });
}

/** Modifiers are status codes with or without `!`, `<` or `>`, and an argument in braces, in any order. */
const itemOrText = /%(?<item>%|(?<modifiers>(?:[!<>,\d]|\{[^}]*\})*)(?<letter>\^..|.)?)|[^%]+/gsu;

const controlCharacters = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['\\', '\\'],
]);

function literalText(source: string): string {
  return source.replace(/\\([tnr\\])/g, (_, escaped: string) => controlCharacters.get(escaped)!);
}

function itemPart(groups: Record<string, string | undefined>, format: string, items: LogItems): string | LogPart {
  const { item, modifiers = '', letter } = groups;
  if (item === '%') return '%';
  if (letter === undefined) throw new Error(`LogFormat "${format}" ends in the middle of %${modifiers}`);
  const declaration = items.get(letter);
  if (declaration === undefined) {
    throw new Error(
      `LogFormat "${format}": there is no item %${letter}; known are %% %${[...items.keys()].join(' %')}`,
    );
  }
  const flags = modifiers.replace(/\{[^}]*\}/g, '');
  const direction = /[<>](?=[^<>]*$)/.exec(flags)?.[0];
  const isOriginal = direction === undefined ? declaration.asksOriginal === true : direction === '<';
  const part = partOf(itemOf(declaration, /\{([^}]*)\}(?!.*\{)/s.exec(modifiers)?.[1] ?? ''), isOriginal);
  const statuses = new Set(flags.match(/\d+/g)?.map(Number));
  if (statuses.size === 0) return part;
  const isInverted = flags.split('!').length % 2 === 0;
  return (final, original) => (statuses.has(final.status) === isInverted ? '-' : part(final, original));
}

/** With its text escaped. */
function itemOf(declaration: LogItemDeclaration, argument: string): LogItem {
  const item = declaration.compile(argument);
  if (declaration.isEscaped === true) return item;
  return (r) => {
    const text = item(r);
    return text === undefined ? undefined : escapeLogItem(text);
  };
}

function partOf(item: LogItem, isOriginal: boolean): LogPart {
  return isOriginal ? (_, original) => item(original) ?? '-' : (final) => item(final) ?? '-';
}
