import type { RequestRecord } from '../core/request-record.ts';
import { itemsOfOriginal, lateItems, type LogItem, logItems } from './log-items.ts';

/** Makes the line for a request, without its line end; takes the record of the request as it came in. */
export interface LogFormat {
  (original: RequestRecord): string;
  /** It counts the bytes of the connection, so that the line can be made only when the answer has been handed over. */
  readonly isLate: boolean;
}

/** Part of a line; `final` is the record that was answered after internal redirects. */
type LogPart = (final: RequestRecord, original: RequestRecord) => string;

/**
 * Compiles a LogFormat once, so that a request only puts strings together. Throws for an item that there isn't.
 *
 * @example const common = compileLogFormat('%h %l %u %t "%r" %>s %b');
 */
export function compileLogFormat(format: string): LogFormat {
  const matches = [...format.matchAll(itemOrText)];
  const parts = matches.map((match) =>
    match.groups?.['item'] === undefined ? literalText(match[0]) : itemPart(match.groups, format),
  );
  const line = (original: RequestRecord): string => {
    let final = original;
    while (final.next !== undefined) final = final.next;
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(final, original);
    return text;
  };
  return Object.assign(line, { isLate: matches.some((match) => lateItems.has(match.groups?.['letter'] ?? '')) });
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

function itemPart(groups: Record<string, string | undefined>, format: string): string | LogPart {
  const { item, modifiers = '', letter } = groups;
  if (item === '%') return '%';
  if (letter === undefined) throw new Error(`LogFormat "${format}" ends in the middle of %${modifiers}`);
  const make = logItems.get(letter);
  if (make === undefined) {
    throw new Error(
      `LogFormat "${format}": there is no item %${letter}; known are %% %${[...logItems.keys()].join(' %')}`,
    );
  }
  const flags = modifiers.replace(/\{[^}]*\}/g, '');
  const direction = /[<>](?=[^<>]*$)/.exec(flags)?.[0];
  const isOriginal = direction === undefined ? itemsOfOriginal.has(letter) : direction === '<';
  const part = partOf(make(/\{([^}]*)\}(?!.*\{)/s.exec(modifiers)?.[1] ?? ''), isOriginal);
  const statuses = new Set(flags.match(/\d+/g)?.map(Number));
  if (statuses.size === 0) return part;
  const isInverted = flags.split('!').length % 2 === 0;
  return (final, original) => (statuses.has(final.status) === isInverted ? '-' : part(final, original));
}

function partOf(item: LogItem, isOriginal: boolean): LogPart {
  return isOriginal ? (_, original) => item(original) ?? '-' : (final) => item(final) ?? '-';
}
