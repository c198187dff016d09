import type { DigestAlgorithm } from '../core/access-provider.ts';
import type { Config, Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { authenticate, challenge } from './auth-digest/authenticate.ts';
import { fileProvider } from './authn-file.ts';
import { type NamedProvider, providerList } from './authn/provider-list.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Who knows the users' hashes, asked in order. */
    authDigestProvider: Directive<string | readonly string[], readonly NamedProvider[]>;
    /** The hashes to ask for, the preferred one first. */
    authDigestAlgorithm: Directive<DigestAlgorithm | readonly DigestAlgorithm[], readonly DigestAlgorithm[]>;
    /** What else the same user and password are good for: URLs or paths. */
    authDigestDomain: Directive<string | readonly string[], readonly string[]>;
    /** Seconds for which a nonce is good; 0: for one request, below 0: for ever. */
    authDigestNonceLifetime: Directive<number, number>;
    /** Whether a request that was seen before is refused. */
    authDigestNcCheck: Directive<boolean>;
    /** What is protected: `auth`, the method and URL. */
    authDigestQop: Directive<'auth'>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;
const algorithms: readonly DigestAlgorithm[] = ['MD5', 'SHA-256'];

/** Authentication by a hash of user, realm and password (RFC 7616): the password itself isn't sent. */
export const authDigest = definePlugin({
  name: 'auth_digest',
  aliases: ['mod_auth_digest', 'auth_digest_module'],
  authenticationTypes: ['Digest'],
  foreignNames: {
    directives: {
      AuthDigestShmemSize: { reason: 'the counts of nonces are kept in the process', harmless: true },
    },
    modules: {},
  },
  directives: {
    AuthDigestProvider: {
      ...providerList('realmHash'),
      default: [{ name: 'file', provider: fileProvider }],
      defaultText: 'file',
    },
    AuthDigestAlgorithm: {
      ...place,
      takes: 'iterate',
      usage: 'MD5 | SHA-256 …',
      help: 'The hashes to ask for, the preferred one first.',
      default: ['MD5'],
      parse([word = ''], site) {
        const algorithm = algorithms.find((known) => known === word.toUpperCase());
        return algorithm === undefined
          ? site.fail(`AuthDigestAlgorithm is MD5 or SHA-256, not "${word}"`)
          : [algorithm];
      },
      combine: (earlier, later) => [...earlier, ...later],
    },
    AuthDigestDomain: {
      ...place,
      takes: 'iterate',
      usage: 'url …',
      help: 'What else the same user and password are good for: URLs or paths.',
      default: [],
      parse([url = ''], site) {
        if (/^(?:\/|https?:\/\/)[^\s"\\]*$/.test(url)) return [url];
        return site.fail(`AuthDigestDomain takes URLs and paths that begin with a slash, not "${url}"`);
      },
      combine: (earlier, later) => [...earlier, ...later],
    },
    AuthDigestNonceLifetime: {
      ...place,
      takes: 'one',
      usage: 'seconds',
      help: 'Seconds for which a nonce is good; 0: for one request, below 0: for ever.',
      default: 300,
      parse([seconds = ''], site) {
        if (/^-?\d{1,9}$/.test(seconds)) return Number(seconds);
        return site.fail(`AuthDigestNonceLifetime is a number of seconds, not "${seconds}"`);
      },
    },
    AuthDigestNcCheck: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a request that was seen before is refused.',
      default: true,
    },
    AuthDigestQop: {
      ...place,
      takes: 'one',
      usage: 'auth',
      help: 'What is protected: auth, the method and URL.',
      default: 'auth',
      parse([word = ''], site) {
        if (word.toLowerCase() === 'auth') return 'auth';
        return site.fail(`AuthDigestQop is auth, not "${word}": none is open to replay, and auth-int is in no browser`);
      },
    },
  },
  phases: { authenticate: { handler: authenticate, when: isInForce } },
  insertChallenge: { when: isInForce, insert: challenge },
});

function isInForce(config: Config): boolean {
  return config.authType === 'Digest';
}
