import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { ExpressionParser } from '../../core/expression/expression-parser.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { headerOctets, notInHeader } from '../header-octets.ts';
import { readTlsVariable } from '../ssl/tls-variables.ts';

/** A header's value for a request. */
export type HeaderValue = (r: RequestRecord) => Evaluated<string>;

/** Only the tab can stand in a header. */
const controlCharacters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What Apache writes for a variable that isn't there. */
const absent = '(null)';

/** `%t` and its kin. */
const plainItems: ReadonlyMap<string, (r: RequestRecord) => string> = new Map<string, (r: RequestRecord) => string>([
  ['t', (r) => `t=${Math.round(r.requestTime * 1_000)}`],
  ['D', (r) => `D=${Math.round((performance.now() - r.started) * 1_000)}`],
  [
    'l',
    () =>
      `l=${loadavg()
        .map((load) => load.toFixed(2))
        .join('/')}`,
  ],
  ['i', () => `i=${100 - busyPercentage()}`],
  ['b', () => `b=${busyPercentage()}`],
]);

/** `%{NAME}e` and its kin. */
const namedItems: ReadonlyMap<string, (r: RequestRecord, name: string) => string | undefined> = new Map([
  ['e', (r, name) => r.env.get(name)],
  [
    's',
    ({ connection }, name) =>
      connection.secure ? headerOctets(readTlsVariable(connection, name) ?? absent) : undefined,
  ],
]);

/**
 * Reads a value as Header and RequestHeader take it: text with `%` items, or `expr=` and an expression. Throws an Error
 * for an unknown item, and for control characters.
 *
 * @example parseHeaderValue('%D for %{REMOTE_HOST}e', site)(r);
 */
export function parseHeaderValue(text: string, site: ExpressionParser): HeaderValue {
  if (text.startsWith('expr=')) {
    const expression = site.parseText(text.slice(5));
    return (r) => whenReady(expression.evaluate(r), unfold);
  }
  const plain = text.replace(/\\([nrt])/g, (_, letter: string) => controlCharacters[letter]!);
  if (notInHeader.test(plain)) throw new Error(`a header's value is one line of text, not ${JSON.stringify(text)}`);
  const parts = [...plain.matchAll(/%(?:\{([^}]*)\})?(.?)|[^%]+/gsu)].map(([part, name, item]) => {
    return item === undefined ? headerOctets(part) : parseItem(part, name, item);
  });
  if (parts.every((part) => typeof part === 'string')) {
    const constant = parts.join('');
    return () => constant;
  }
  return (r) => parts.map((part) => (typeof part === 'string' ? part : part(r))).join('');
}

function parseItem(part: string, name: string | undefined, item: string): string | ((r: RequestRecord) => string) {
  if (part === '%%' || part === '%') return '%';
  const plain = name === undefined ? plainItems.get(item) : undefined;
  if (plain !== undefined) return plain;
  const named = name === undefined || name === '' ? undefined : namedItems.get(item);
  if (named === undefined) {
    throw new Error(
      `unknown format ${part}; a header's value knows %t, %D, %l, %i, %b, %{NAME}e, %{NAME}s and %% for a percent sign`,
    );
  }
  return (r) => unfold(named(r, name!) ?? absent);
}

/** A value from elsewhere can't start another header, nor have characters that no octet stands for. */
function unfold(value: string): string {
  const octets = /[^\0-\xff]/.test(value) ? headerOctets(value) : value;
  return octets.replace(/[\r\n]/g, ' ');
}

let measured = performance.eventLoopUtilization();
let measuredAt = 0;
let busy = 0;

/** How much of the last second or more this process was at work, 0 to 100. */
function busyPercentage(): number {
  const now = performance.now();
  if (now - measuredAt >= 1_000) {
    const current = performance.eventLoopUtilization();
    busy = Math.round(performance.eventLoopUtilization(current, measured).utilization * 100);
    measured = current;
    measuredAt = now;
  }
  return busy;
}
