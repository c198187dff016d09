import type { Config, Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { stateKey } from '../core/state-key.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { fileProvider } from './authn-file.ts';
import { type FakeCredentials, fakeBasic } from './authn/fake-basic.ts';
import { type ProviderAnswer, askProviders } from './authn/ask-providers.ts';
import { checkByRealmHash } from './authn/check-by-realm-hash.ts';
import { type NamedProvider, providerList } from './authn/provider-list.ts';
import { basicCredentials } from './basic-credentials.ts';
import { headerOctets } from './header-octets.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Who knows the users, asked in order. */
    authBasicProvider: Directive<string | readonly string[], readonly NamedProvider[]>;
    /** Whether a user whom no provider knows is refused at once; otherwise other handlers are asked. */
    authBasicAuthoritative: Directive<boolean>;
    /** A user and password that later handlers, such as a proxy, find in the request; `off` takes an outer one back. */
    authBasicFake: Directive<string | readonly string[], FakeCredentials | undefined>;
    /** Whether passwords are checked against the hashes of Digest. */
    authBasicUseDigestAlgorithm: Directive<'MD5' | 'Off', boolean>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;

/** Authentication by user name and password (RFC 7617). */
export const authBasic = definePlugin({
  name: 'auth_basic',
  aliases: ['mod_auth_basic', 'auth_basic_module'],
  authenticationTypes: ['Basic'],
  directives: {
    AuthBasicProvider: {
      ...providerList('checkPassword'),
      default: [{ name: 'file', provider: fileProvider }],
      defaultText: 'file',
    },
    AuthBasicAuthoritative: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a user whom no provider knows is refused at once; Off asks other handlers.',
      default: true,
    },
    AuthBasicFake: {
      ...place,
      takes: 'oneOrTwo',
      usage: 'off | user [password]',
      help: 'Puts a user and password, which may have %{…} in them, into the request for later handlers such as a proxy.',
      parse([user = '', password = 'password'], site) {
        if (user.toLowerCase() === 'off') return undefined;
        return { user: site.parseText(user), password: site.parseText(password) };
      },
    },
    AuthBasicUseDigestAlgorithm: {
      ...place,
      takes: 'one',
      usage: 'MD5 | Off',
      help: 'Whether passwords are checked against the hashes of Digest.',
      default: false,
      defaultText: 'Off',
      parse([word = ''], site) {
        if (/^(?:MD5|Off)$/i.test(word)) return word.toUpperCase() === 'MD5';
        return site.fail(`AuthBasicUseDigestAlgorithm is MD5 or Off, not "${word}"`);
      },
    },
  },
  phases: {
    authenticate: { handler: authenticate, when: isInForce },
    fixup: { handler: fakeBasic, when: (config) => config.authBasicFake !== undefined },
  },
  insertChallenge: { when: isInForce, insert: challenge },
});

function isInForce(config: Config): boolean {
  return config.authType === 'Basic';
}

function authenticate(r: RequestRecord): Verdict | Promise<Verdict> {
  const { authName, authBasicProvider, authBasicUseDigestAlgorithm } = r.config;
  if (authName === undefined) {
    r.log(`AuthType Basic needs an AuthName, but there is none for ${r.uri}`, 'error');
    return 500;
  }
  if (isKnown(r)) return accept(r, r.connection.state.get(accepted)!.user);
  const credentials = basicCredentials(r);
  if (credentials === undefined) return 401;
  const check = authBasicUseDigestAlgorithm ? checkByRealmHash : undefined;
  const answer = askProviders(r, authBasicProvider, credentials, check);
  return isThenable(answer)
    ? answer.then((settled) => conclude(r, credentials.user, settled))
    : conclude(r, credentials.user, answer);
}

/** What a connection sent last and was let in by: a browser repeats it with every request. */
interface Accepted {
  readonly header: string;
  readonly user: string;
  readonly by: NamedProvider;
  readonly revision: object;
  /** What else the answer depends on. */
  readonly realm: string;
}

const accepted = stateKey<Accepted>('auth_basic.accepted');

function isKnown(r: RequestRecord): boolean {
  const { authBasicProvider, authName } = r.config;
  const known = r.connection.state.get(accepted);
  // Only the provider that is asked first can be sure that no other one has a say before it.
  if (known === undefined || known.by.provider !== authBasicProvider[0]?.provider || known.realm !== authName) {
    return false;
  }
  return (
    known.header === r.headersIn.get('Authorization') && known.revision === known.by.provider.revision?.(r.config, r)
  );
}

function accept(r: RequestRecord, user: string): typeof OK {
  r.user = user;
  r.authType = 'Basic';
  return OK;
}

function conclude(r: RequestRecord, user: string, { verdict, by, revision }: ProviderAnswer): Verdict {
  if (verdict === 'verified') {
    const header = r.headersIn.get('Authorization')!;
    const realm = r.config.authName!;
    if (revision !== undefined) r.connection.state.set(accepted, { header, user, by: by!, revision, realm });
    return accept(r, user);
  }
  if (verdict === 'unknown user' && !r.config.authBasicAuthoritative) return DECLINED;
  const why = verdict === 'unknown user' ? 'is unknown' : 'gave a wrong password';
  r.log(`user ${user} ${why}: ${r.uri}`, 'info');
  return 401;
}

/** RFC 7617 §2.1: the charset tells clients how to encode what isn't ASCII. */
function challenge(r: RequestRecord): void {
  const { authName } = r.config;
  if (authName === undefined || r.errHeadersOut.has('WWW-Authenticate')) return;
  const realm = headerOctets(authName).replace(/["\\]/g, '\\$&');
  r.errHeadersOut.set('WWW-Authenticate', `Basic realm="${realm}", charset="UTF-8"`);
}
