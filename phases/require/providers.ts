import { parseIpRange } from '../../core/ip-range.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Authorization } from './authorization.ts';

/** What the first word of `Require` stands for. */
export interface AuthorizationProvider {
  /** What may follow the word. */
  readonly usage: string;
  /** It answers `noUser` before anybody is known. */
  readonly needsUser: boolean;
  /** Throws an Error for words that make no sense. */
  parse(words: readonly string[]): (r: RequestRecord) => Authorization;
}

export const authorizationProviders: ReadonlyMap<string, AuthorizationProvider> = new Map([
  ['all', { usage: 'granted | denied', needsUser: false, parse: parseAll }],
  ['ip', { usage: 'address | network …', needsUser: false, parse: parseIp }],
  ['user', { usage: 'name …', needsUser: true, parse: parseUser }],
  ['valid-user', { usage: '', needsUser: true, parse: parseValidUser }],
]);

function parseAll(words: readonly string[]): () => Authorization {
  const word = words[0]?.toLowerCase();
  if (words.length !== 1 || (word !== 'granted' && word !== 'denied')) {
    throw new Error(`Require all takes granted or denied, not "${words.join(' ')}"`);
  }
  return () => word;
}

function parseIp(words: readonly string[]): (r: RequestRecord) => Authorization {
  if (words.length === 0) throw new Error('Require ip needs at least one address or network');
  const ranges = words.map(parseIpRange);
  return (r) => (ranges.some((range) => range.contains(r.clientIp)) ? 'granted' : 'denied');
}

function parseUser(words: readonly string[]): (r: RequestRecord) => Authorization {
  if (words.length === 0)
    throw new Error('Require user needs at least one name; Require valid-user admits everybody known');
  const names = new Set(words);
  return ({ user }) => {
    if (user === undefined) return 'noUser';
    return names.has(user) ? 'granted' : 'denied';
  };
}

function parseValidUser(words: readonly string[]): (r: RequestRecord) => Authorization {
  if (words.length > 0)
    throw new Error(`Require valid-user takes nothing more, not "${words.join(' ')}"; for names there is Require user`);
  return ({ user }) => (user === undefined ? 'noUser' : 'granted');
}
