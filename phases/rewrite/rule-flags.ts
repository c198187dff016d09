import { STATUS_CODES } from 'node:http';
import { didYouMean } from '../../core/config/nearest-name.ts';
import type { DirectiveSite } from '../../core/config/directive.ts';
import type { ErrorStatus } from '../../core/verdict.ts';
import type { ReferenceEscaping } from './escape-uri.ts';

/** The flags of a RewriteRule. */
export interface RuleFlags {
  /** B, BCTLS: back references are escaped, and how: B=…, BCTLS, BNE, BNP. */
  readonly escape: boolean;
  readonly escaping: ReferenceEscaping;
  /** C: without a match, the next rule is skipped too. */
  readonly chain: boolean;
  /** CO: cookies to set. */
  readonly cookies: readonly string[];
  /** DPI: what follows the file in the path is dropped. */
  readonly discardPathInfo: boolean;
  /** E: variables to set. */
  readonly env: readonly string[];
  /** END: no further rules for this request. */
  readonly end: boolean;
  /** F, G, R with a status that is no redirect: the answer. */
  readonly answer: number | undefined;
  /** H: the content handler. */
  readonly handler: string | undefined;
  /** L: no further rules in this round. */
  readonly last: boolean;
  /** N: starts anew, at most so often. */
  readonly rounds: number | undefined;
  readonly noCase: boolean;
  readonly noEscape: boolean;
  /** NS: not for subrequests. */
  readonly noSubrequest: boolean;
  /** PT: the result is a URL that others map. */
  readonly passThrough: boolean;
  /** QSA, QSD, QSL. */
  readonly appendQuery: boolean;
  readonly discardQuery: boolean;
  readonly lastQuestionMark: boolean;
  /** R: the status of a redirect. */
  readonly redirect: ErrorStatus | undefined;
  /** S: how many rules are skipped. */
  readonly skip: number;
  /** T: the content type. */
  readonly type: string | undefined;
  readonly unsafeAllow3F: boolean;
  readonly unsafePrefixStat: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type SetFlag = (flags: Mutable<RuleFlags>, value: string, site: DirectiveSite) => void;

/** Apache's limit for rules without one of their own. */
const defaultRounds = 10_000;

const noFlags: RuleFlags = {
  escape: false,
  escaping: { only: undefined, controls: false, except: '', noPlus: false },
  chain: false,
  cookies: [],
  discardPathInfo: false,
  env: [],
  end: false,
  answer: undefined,
  handler: undefined,
  last: false,
  rounds: undefined,
  noCase: false,
  noEscape: false,
  noSubrequest: false,
  passThrough: false,
  appendQuery: false,
  discardQuery: false,
  lastQuestionMark: false,
  redirect: undefined,
  skip: 0,
  type: undefined,
  unsafeAllow3F: false,
  unsafePrefixStat: false,
};

/** Reads the flags in a RewriteRule's brackets. Throws through `site` for what isn't known or makes no sense. */
export function parseRuleFlags(given: readonly (readonly [string, string])[], site: DirectiveSite): RuleFlags {
  const flags: Mutable<RuleFlags> = { ...noFlags };
  for (const [name, value] of given) {
    const set = setters.get(name.toLowerCase());
    if (set === undefined) return site.fail(`RewriteRule knows no flag "${name}"${didYouMean(name, spellings)}`);
    set(flags, value, site);
  }
  return flags;
}

/** Short name, long name where there is one, and what it does. */
const table: readonly (readonly [names: string, set: SetFlag])[] = [
  ['B backrefescaping', (flags, value) => escape(flags, value === '' ? {} : { only: value })],
  ['BCTLS', (flags) => escape(flags, { controls: true })],
  ['BNE', (flags, value, site) => refine(flags, { except: needed('BNE', value, site) })],
  ['BNP backrefnoplus', (flags) => refine(flags, { noPlus: true })],
  ['C chain', (flags) => void (flags.chain = true)],
  ['CO cookie', (flags, value, site) => void (flags.cookies = [...flags.cookies, cookie(value, site)])],
  ['DPI discardpath', (flags) => void (flags.discardPathInfo = true)],
  ['E env', (flags, value, site) => void (flags.env = [...flags.env, needed('E', value, site)])],
  ['END', (flags) => void (flags.end = true)],
  ['F forbidden', (flags) => void (flags.answer = 403)],
  ['G gone', (flags) => void (flags.answer = 410)],
  ['H handler', (flags, value, site) => void (flags.handler = needed('H', value, site))],
  ['L last', (flags) => void (flags.last = true)],
  ['N next', (flags, value, site) => void (flags.rounds = value === '' ? defaultRounds : whole('N', value, site))],
  ['NC nocase', (flags) => void (flags.noCase = true)],
  ['NE noescape', (flags) => void (flags.noEscape = true)],
  ['NS nosubreq', (flags) => void (flags.noSubrequest = true)],
  ['P proxy', (_flags, _value, site) => site.fail('the flag P needs a proxy, which Sluice does not have yet')],
  ['PT passthrough', (flags) => void (flags.passThrough = true)],
  ['QSA qsappend', (flags) => void (flags.appendQuery = true)],
  ['QSD qsdiscard', (flags) => void (flags.discardQuery = true)],
  ['QSL qslast', (flags) => void (flags.lastQuestionMark = true)],
  ['R redirect', setRedirect],
  ['S skip', (flags, value, site) => void (flags.skip = whole('S', value, site))],
  ['T type', (flags, value, site) => void (flags.type = needed('T', value, site))],
  ['UnsafeAllow3F', (flags) => void (flags.unsafeAllow3F = true)],
  ['UnsafePrefixStat', (flags) => void (flags.unsafePrefixStat = true)],
];

const spellings = table.flatMap(([names]) => names.split(' '));
const setters: ReadonlyMap<string, SetFlag> = new Map(
  table.flatMap(([names, set]) => names.split(' ').map((name) => [name.toLowerCase(), set] as const)),
);

const redirectNames: ReadonlyMap<string, ErrorStatus> = new Map([
  ['', 302],
  ['permanent', 301],
  ['temp', 302],
  ['seeother', 303],
]);

function setRedirect(flags: Mutable<RuleFlags>, value: string, site: DirectiveSite): void {
  const named = redirectNames.get(value.toLowerCase());
  const status = named ?? Number(value);
  if (named === undefined && !(/^[2-5]\d\d$/.test(value) && STATUS_CODES[status] !== undefined)) {
    site.fail(`the flag R takes permanent, temp, seeother or the number of a final status, not "${value}"`);
  }
  if (status >= 300 && status < 400) flags.redirect = status as ErrorStatus;
  else flags.answer = status;
}

function escape(flags: Mutable<RuleFlags>, change: Partial<ReferenceEscaping>): void {
  flags.escape = true;
  refine(flags, change);
}

function refine(flags: Mutable<RuleFlags>, change: Partial<ReferenceEscaping>): void {
  flags.escaping = { ...flags.escaping, ...change };
}

function cookie(value: string, site: DirectiveSite): string {
  const parts = value.startsWith(';') ? value.slice(1).split(';') : value.split(':');
  return parts.length >= 3 ? value : site.fail(`the flag CO takes name:value:domain and more, not "${value}"`);
}

function whole(flag: string, value: string, site: DirectiveSite): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : site.fail(`the flag ${flag} takes a whole number, not "${value}"`);
}

function needed(flag: string, value: string, site: DirectiveSite): string {
  return value === '' ? site.fail(`the flag ${flag} needs a value: ${flag}=…`) : value;
}
