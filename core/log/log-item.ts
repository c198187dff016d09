import type { RequestRecord } from '../request-record.ts';

/** What an item of a log format says about a request; undefined is written as a hyphen. */
export type LogItem = (r: RequestRecord) => string | undefined;

/**
 * A letter of LogFormat, `%x` or `%{argument}x`. What it says is escaped for the log.
 *
 * @example
 * logItems: { Z: (r) => r.state.get(zone), x: { compile: (name) => (r) => tlsVariable(r, name), inErrorLog: true } },
 */
export type PluginLogItem = ((r: RequestRecord, argument: string) => string | undefined) | LogItemDeclaration;

/** An item of log formats that takes an argument in braces, or is asked at another time. */
export interface LogItemDeclaration {
  /** Called once per format, with what stands in the braces. Throws an Error for an argument that there isn't. */
  compile(argument: string): LogItem;
  /** Asked of the request as it came in unless `>` says otherwise; others of the one that was answered in the end. */
  readonly asksOriginal?: boolean;
  /** It can be known only when the answer has been handed to the socket. */
  readonly isLate?: boolean;
  /** ErrorLogFormat has it too; lines that belong to no request leave it out. */
  readonly inErrorLog?: boolean;
  /** It has escaped its text for the log itself. */
  readonly isEscaped?: boolean;
}

/** The items of all plugins, by letter. */
export type LogItems = ReadonlyMap<string, LogItemDeclaration>;

/** The declaration that a plugin's shorter form stands for. */
export function toLogItem(item: PluginLogItem): LogItemDeclaration {
  return typeof item === 'function' ? { compile: (argument) => (r) => item(r, argument) } : item;
}
