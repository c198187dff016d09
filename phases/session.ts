import { readFileSync } from 'node:fs';
import type { Context } from '../core/config/directive.ts';
import type { ForeignLine } from '../core/config/foreign-names.ts';
import { definePlugin } from '../core/plugin.ts';
import { type SessionCookieName, parseCookieName } from './session/cookie-name.ts';
import { Seal } from './session/seal.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether clients keep a session, sealed in a cookie. */
    session: Directive<boolean>;
    /** Seconds without a request after which a session ends. */
    sessionMaxAge: Directive<number, number>;
    /** The cookie's name and attributes. */
    sessionCookieName: Directive<string | readonly string[], SessionCookieName | undefined>;
    /** What sessions are sealed with; of several passphrases the first one seals, all of them open. */
    sessionCryptoPassphrase: Directive<string | readonly string[], Seal | undefined>;
    /** A file with a passphrase on each line. */
    sessionCryptoPassphraseFile: Directive<string, Seal | undefined>;
  }
}

const place = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'] as readonly Context[],
  override: 'AuthConfig',
} as const;

const userOnly: ForeignLine = { reason: 'a session holds the user of a login form and nothing else' };

/** Sessions that the client keeps: encrypted and signed, so that it can neither read nor change them. */
export const session = definePlugin({
  name: 'session',
  aliases: [
    'mod_session',
    'session_module',
    'mod_session_cookie',
    'session_cookie_module',
    'mod_session_crypto',
    'session_crypto_module',
  ],
  foreignNames: {
    directives: {
      SessionCookieRemove: { reason: 'requests are not passed on', harmless: true },
      SessionCryptoCipher: { reason: 'sessions are sealed with AES-256-GCM', harmless: true },
      SessionCryptoDriver: { reason: 'sessions are sealed by Node', harmless: true },
      SessionExpiryUpdateInterval: { reason: 'a session is sealed anew after half of its time', harmless: true },
      ...Object.fromEntries(
        ['SessionCookieName2', 'SessionEnv', 'SessionExclude', 'SessionHeader', 'SessionInclude'].map((name) => [
          name,
          userOnly,
        ]),
      ),
    },
    modules: {},
  },
  directives: {
    Session: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether clients keep a session, sealed in a cookie.',
      default: false,
    },
    SessionMaxAge: {
      ...place,
      takes: 'one',
      usage: 'seconds',
      help: 'Seconds without a request after which a session ends.',
      default: 28_800,
      parse([seconds = ''], site) {
        if (/^[1-9]\d{0,8}$/.test(seconds)) return Number(seconds);
        return site.fail(`SessionMaxAge is a number of seconds above 0, not "${seconds}"`);
      },
    },
    SessionCookieName: {
      ...place,
      takes: 'any',
      usage: 'name [path=/x;secure …]',
      help: "The cookie's name and attributes; it is always HttpOnly, and SameSite=Lax unless it says strict.",
      parse: parseCookieName,
    },
    SessionCryptoPassphrase: {
      ...place,
      takes: 'any',
      usage: 'passphrase …',
      help: 'What sessions are sealed with; of several passphrases the first one seals, all of them open.',
      parse(passphrases, site) {
        if (passphrases.length === 0 || passphrases.includes(''))
          return site.fail('SessionCryptoPassphrase takes at least one passphrase');
        return new Seal(passphrases);
      },
    },
    SessionCryptoPassphraseFile: {
      ...place,
      takes: 'one',
      usage: 'file',
      help: 'A file with a passphrase on each line.',
      into: 'sessionCryptoPassphrase',
      parse([file = ''], site) {
        const lines = readFileSync(site.resolve(file), 'utf8').split('\n');
        const passphrases = lines.map((line) => line.trim()).filter((line) => line !== '');
        if (passphrases.length === 0) return site.fail(`the file ${file} has no passphrase`);
        return new Seal(passphrases);
      },
    },
  },
});
