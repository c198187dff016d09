import { basename, isAbsolute } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { isMainThread, threadId } from 'node:worker_threads';
import { errorLogTime } from './error-log-time.ts';
import type { LogEntry, LoggedConnection } from './log-entry.ts';
import { escapeErrorLogItem } from './log-escape.ts';

/** An item's text for an entry; empty where there is nothing to say, which drops the field around it. */
export type ErrorLogItem = (entry: LogEntry, argument: string) => string;

/** The letters of ErrorLogFormat; `%M` and `%%` belong to the format itself. */
export const errorLogItems: ReadonlyMap<string, ErrorLogItem> = new Map<string, ErrorLogItem>([
  ['a', clientAddress],
  ['A', localAddress],
  ['e', ({ request }, name) => escapeErrorLogItem(request?.env.get(name) ?? '')],
  ['E', systemError],
  ['F', sourceLine],
  ['i', ({ request }, name) => escapeErrorLogItem(request?.headersIn.get(name) ?? '', 'latin1')],
  ['k', (entry) => String(connectionOf(entry)?.keepalives ?? '')],
  ['l', ({ level }) => level],
  ['L', logId],
  ['m', ({ module }) => module],
  ['n', ({ request }, name) => escapeErrorLogItem(request?.notes.get(name) ?? '')],
  ['P', () => String(process.pid)],
  ['t', ({ time }, options) => errorLogTime(time, options)],
  // The main thread's number is the process's, as Linux has it.
  ['T', () => String(isMainThread ? process.pid : threadId)],
  ['v', ({ request, server }) => (request?.server ?? server)?.hostname ?? ''],
  ['V', ({ request }) => escapeErrorLogItem(request?.hostname ?? request?.server.hostname ?? '')],
]);

function connectionOf(entry: LogEntry): LoggedConnection | undefined {
  return entry.request?.connection ?? entry.connection;
}

function clientAddress(entry: LogEntry, argument: string): string {
  const connection = connectionOf(entry);
  if (connection === undefined) return '';
  const behindProxy = argument === 'c' ? undefined : entry.request?.clientIp;
  if (behindProxy !== undefined && behindProxy !== connection.clientIp) return `${behindProxy}:0`;
  return `${connection.clientIp}:${connection.clientPort}`;
}

function localAddress(entry: LogEntry): string {
  const connection = connectionOf(entry);
  return connection === undefined ? '' : `${connection.localIp}:${connection.localPort}`;
}

/** `%{c}L` is the connection's, `%{C}L` the connection's on lines that have no request. */
function logId(entry: LogEntry, argument: string): string {
  if (argument === '') return entry.request?.logId ?? '';
  if (argument === 'C' && entry.request !== undefined) return '';
  return String(connectionOf(entry)?.id ?? '');
}

function sourceLine({ file, line }: LogEntry): string {
  if (file === undefined) return '';
  return `${isAbsolute(file) ? basename(file) : file}(${line ?? 0})`;
}

function systemError({ error }: LogEntry): string {
  if (typeof error !== 'object' || error === null || !('errno' in error)) return '';
  const known = getSystemErrorMap().get(Number(error.errno));
  return known === undefined ? '' : `(${-Number(error.errno)})${known[1]}`;
}
