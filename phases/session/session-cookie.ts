import type { Config } from '../../core/config/directive.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Seal } from './seal.ts';

/** What a client keeps for the server, sealed. */
export interface SessionContent {
  readonly user: string;
  readonly realm: string;
  /** Milliseconds since 1970 at which it ends. */
  readonly expires: number;
}

/** The session of a request; undefined where there is none, where it isn't ours, and where it has ended. */
export function readSession(r: RequestRecord): SessionContent | undefined {
  const { seal, name } = settingsOf(r.config);
  const value = cookieOf(r, name);
  const text = value === undefined ? undefined : seal.open(value);
  if (text === undefined) return undefined;
  const content = JSON.parse(text) as SessionContent;
  return content.expires > Date.now() ? content : undefined;
}

/** Begins a session, or makes it last longer. */
export function writeSession(r: RequestRecord, user: string, realm: string): void {
  const { seal } = settingsOf(r.config);
  const content: SessionContent = { user, realm, expires: Date.now() + r.config.sessionMaxAge * 1000 };
  setCookie(r, seal.close(JSON.stringify(content)), r.config.sessionMaxAge);
}

/** Has the client forget its session. */
export function clearSession(r: RequestRecord): void {
  setCookie(r, '', 0);
}

/** Throws where the config lacks what a session needs. */
function settingsOf({ session, sessionCookieName, sessionCryptoPassphrase }: Config): {
  readonly seal: Seal;
  readonly name: string;
  readonly attributes: readonly string[];
} {
  if (!session || sessionCookieName === undefined || sessionCryptoPassphrase === undefined) {
    throw new Error('a session needs Session On, a SessionCookieName and a SessionCryptoPassphrase');
  }
  return { ...sessionCookieName, seal: sessionCryptoPassphrase };
}

/** The cookie must be set on errors and redirects too. */
function setCookie(r: RequestRecord, value: string, seconds: number): void {
  const { name, attributes } = settingsOf(r.config);
  const secure = r.connection.secure && !attributes.includes('Secure') ? ['Secure'] : [];
  r.errHeadersOut.append('Set-Cookie', [`${name}=${value}`, `Max-Age=${seconds}`, ...attributes, ...secure].join('; '));
}

function cookieOf(r: RequestRecord, name: string): string | undefined {
  for (const pair of r.headersIn.get('Cookie')?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
