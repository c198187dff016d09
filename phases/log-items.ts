import { isMainThread, threadId } from 'node:worker_threads';
import { escapeLogItem } from '../core/log/log-escape.ts';
import type { LogItem, LogItemDeclaration } from '../core/log/log-item.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isBodiless } from '../core/response-head.ts';
import { Table } from '../core/table.ts';
import { compileLogTime } from './log-time.ts';
import { countBytes } from './logio/byte-count.ts';
import { timeToFirstByte } from './logio/first-byte.ts';
import { readTlsVariable } from './ssl/tls-variables.ts';

const compilers: readonly (readonly [letter: string, compile: (argument: string) => LogItem])[] = [
  ['a', clientAddress],
  ['A', () => (r) => r.connection.localIp],
  ['b', () => (r) => (r.bytesSent === 0 ? undefined : String(r.bytesSent))],
  ['B', () => (r) => String(r.bytesSent)],
  ['C', (name) => (r) => cookie(r.headersIn.get('Cookie'), name)],
  ['D', () => (r) => duration(r, 1000)],
  ['e', (name) => (r) => (r.hasEnv ? escaped(r.env.get(name)) : undefined)],
  // Asking for `filename` could touch the file system, and fail.
  ['f', () => (r) => escaped(r.translatedFilename)],
  ['h', clientAddress],
  ['H', () => (r) => escaped(r.protocol)],
  ['i', (name) => (r) => escaped(r.headersIn.get(name), 'latin1')],
  ['k', () => (r) => String(r.connection.keepalives)],
  // The client's name by the ident protocol, which nobody speaks any more.
  ['l', () => () => undefined],
  ['L', (argument) => (argument === 'c' ? (r) => String(r.connection.id) : (r) => r.logId)],
  ['m', () => (r) => escaped(r.method)],
  ['n', (name) => (r) => escaped(r.notes.get(name))],
  ['o', responseHeader],
  ['p', (argument) => chosen('p', argument || 'canonical', ports)],
  ['P', (argument) => chosen('P', argument || 'pid', processes)],
  ['q', () => (r) => (r.args === undefined ? '' : `?${escapeLogItem(r.args, 'latin1')}`)],
  ['r', () => requestLine],
  ['R', () => (r) => escaped(r.handler)],
  ['s', () => (r) => String(r.status)],
  ['t', compileLogTime],
  ['T', (argument) => chosen('T', argument || 's', durations)],
  ['u', () => (r) => (r.user === '' ? '""' : escaped(r.user))],
  ['U', () => (r) => escaped(withoutPassword(r.uri))],
  ['v', () => (r) => escaped(r.server.hostname)],
  ['V', () => (r) => escaped(r.hostname)],
  ['x', (name) => (r) => escaped(readTlsVariable(r.connection, name))],
  ['X', () => connectionStatus],
  ['I', () => (r) => String(countBytes(r).received)],
  ['O', () => (r) => String(countBytes(r).sent)],
  ['S', () => (r) => String(countBytes(r).received + countBytes(r).sent)],
  ['^FB', () => (r) => timeToFirstByte(r)?.toString()],
  ['^ti', (name) => (r) => escaped(requestTrailer(r, name), 'latin1')],
  // No answer of this server has trailers.
  ['^to', () => () => undefined],
];

/** Asked of the request as it came in unless `>` says otherwise; all others of the one that was answered in the end. */
const itemsOfOriginal: ReadonlySet<string> = new Set(['D', 'I', 'L', 'O', 'r', 'R', 's', 'S', 'T', 'U', '^FB']);

/** They can be known only when the answer has been handed to the socket. */
const lateItems: ReadonlySet<string> = new Set(['I', 'O', 'S']);

/** The letters of LogFormat that Apache has. */
export const logItems: Readonly<Record<string, LogItemDeclaration>> = Object.fromEntries(
  compilers.map(([letter, compile]) => [
    letter,
    { compile, asksOriginal: itemsOfOriginal.has(letter), isLate: lateItems.has(letter), isEscaped: true },
  ]),
);

const ports: Readonly<Record<string, LogItem>> = {
  canonical: (r) => String(r.server.port || (r.connection.secure ? 443 : 80)),
  local: (r) => String(r.connection.localPort),
  remote: (r) => String(r.connection.clientPort),
};

const thread = isMainThread ? process.pid : threadId;
const processes: Readonly<Record<string, LogItem>> = {
  pid: () => String(process.pid),
  tid: () => String(thread),
  hextid: () => thread.toString(16),
};

const durations: Readonly<Record<string, LogItem>> = {
  s: (r) => duration(r, 0.001),
  ms: (r) => duration(r, 1),
  us: (r) => duration(r, 1000),
};

function chosen(letter: string, argument: string, choices: Readonly<Record<string, LogItem>>): LogItem {
  const choice = argument.toLowerCase();
  if (Object.hasOwn(choices, choice)) return choices[choice]!;
  throw new Error(`%{${argument}}${letter} is unknown: expected ${Object.keys(choices).join(', ')} in the braces`);
}

function escaped(text: string | undefined, encoding?: 'latin1'): string | undefined {
  return text === undefined ? undefined : escapeLogItem(text, encoding);
}

function clientAddress(argument: string): LogItem {
  return argument === 'c' ? (r) => r.connection.peerIp : (r) => escapeLogItem(r.clientIp);
}

function duration(r: RequestRecord, perMillisecond: number): string {
  return String(Math.floor((performance.now() - r.started) * perMillisecond));
}

function requestLine(r: RequestRecord): string {
  return escapeLogItem(withoutPassword(r.theRequest), 'latin1');
}

/** As Apache hides it in a target of the absolute form, which stays whole where it is refused. */
function withoutPassword(text: string): string {
  return text.includes('@') ? text.replace(/^((?:\S+ )?[a-z]+:\/\/[^/?#:@ ]*:)[^/?#@ ]*@/i, '$1XXXXXXXX@') : text;
}

/** Without its parameters for the content type, and all cookies in one, as in Apache. */
function responseHeader(name: string): LogItem {
  switch (name.toLowerCase()) {
    case 'content-type':
      return (r) =>
        isBodiless(r.status) ? undefined : escaped((r.contentType ?? sentHeader(r, name))?.replace(/;.*$/s, ''));
    case 'set-cookie':
      return (r) =>
        escaped([...r.headersOut.getAll(name), ...r.errHeadersOut.getAll(name)].join(', ') || undefined, 'latin1');
    default:
      return (r) => escaped(sentHeader(r, name), 'latin1');
  }
}

/** Known where somebody has read the body to its end. */
function requestTrailer(r: RequestRecord, name: string): string | undefined {
  return new Table(r.ctx.req.rawTrailers).get(name);
}

function sentHeader(r: RequestRecord, name: string): string | undefined {
  const header = r.hasHeadersOut ? r.headersOut.get(name) : undefined;
  return header ?? (r.hasErrHeadersOut ? r.errHeadersOut.get(name) : undefined);
}

/** Names are compared without case, and an empty value is none, as in Apache. */
function cookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    const value = pair.slice(equals + 1).trim();
    if (equals > 0 && value !== '' && pair.slice(0, equals).trim().toLowerCase() === name.toLowerCase()) {
      return escapeLogItem(value, 'latin1');
    }
  }
  return undefined;
}

/** `X` cut off before the end, `+` open for the next request, `-` closed after this one. */
function connectionStatus(r: RequestRecord): string {
  if (r.connection.aborted) return 'X';
  if (says(sentHeader(r, 'Connection'), 'close') || says(r.headersIn.get('Connection'), 'close')) return '-';
  return r.protocol !== 'HTTP/1.0' || says(r.headersIn.get('Connection'), 'keep-alive') ? '+' : '-';
}

function says(header: string | undefined, option: string): boolean {
  return header?.split(',').some((word) => word.trim().toLowerCase() === option) === true;
}
