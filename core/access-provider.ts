import type { ExpressionParser } from './expression/expression-parser.ts';
import type { Config } from './config/directive.ts';
import type { RequestRecord } from './request-record.ts';

/** What a provider says of a user name and a password. */
export type PasswordVerdict = 'verified' | 'unknown user' | 'wrong password';

/** The hashes that Digest (RFC 7616) can be asked for. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

/**
 * Knows users: what AuthBasicProvider and its kin name. `config` is that of the request, with the directives of an
 * `<AuthnProviderAlias>` laid over it; whatever a provider throws is a 500.
 *
 * @example
 * definePlugin({
 *   name: 'staff',
 *   authenticationProviders: {
 *     staff: { checkPassword: async (user, password) => ((await login(user, password)) ? 'verified' : 'wrong password') },
 *   },
 * });
 */
export interface AuthenticationProvider {
  /** For schemes that bring the password itself: Basic, forms. An unknown user should cost as much as a wrong password. */
  checkPassword?(
    user: string,
    password: string,
    config: Config,
    r: RequestRecord,
  ): PasswordVerdict | Promise<PasswordVerdict>;
  /** For Digest: the hash of `user:realm:password` in hexadecimal digits; undefined for a user or algorithm it doesn't know. */
  realmHash?(
    user: string,
    realm: string,
    algorithm: DigestAlgorithm,
    config: Config,
    r: RequestRecord,
  ): string | undefined | Promise<string | undefined>;
  /** A verified password needn't be checked again on a connection while this gives the same object; absent: check always. */
  revision?(config: Config, r: RequestRecord): object;
}

/**
 * What a requirement says of a request. `neutral`: no opinion; `noUser`: denied as long as nobody is known, so it is worth
 * asking who it is.
 */
export type Authorization = 'granted' | 'denied' | 'neutral' | 'noUser';

/** Decides one `Require` line for a request; whatever it throws is a 500. */
export type AuthorizationTest = (r: RequestRecord, config: Config) => Authorization | Promise<Authorization>;

/** A line that names an authorization provider. */
export interface RequireLine extends ExpressionParser {
  /** What follows the provider's name, before it was split into words. */
  readonly text: string;
  /** Makes a path absolute, as for any directive. */
  resolve(path: string): string;
}

/**
 * What the first word of `Require` stands for.
 *
 * @example
 * definePlugin({
 *   name: 'weekday',
 *   authorizationProviders: {
 *     weekday: {
 *       usage: 'day …',
 *       parse: (days) => (r) => (days.includes(dayOf(r.requestTime)) ? 'granted' : 'denied'),
 *     },
 *   },
 * });
 */
export interface AuthorizationProvider {
  /** What may follow the word. */
  readonly usage: string;
  /** It answers `noUser` before anybody is known. */
  readonly needsUser?: boolean;
  /** Reads the words behind the name, at start; throws an Error for words that make no sense. */
  parse(words: readonly string[], line: RequireLine): AuthorizationTest;
}
