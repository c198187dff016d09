import type { Config, Context } from '../core/config/directive.ts';
import { stateKey } from '../core/state-key.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { type BasicCredentials, basicCredentials } from './basic-credentials.ts';
import { headerOctets, notInHeader } from './header-octets.ts';
import { PasswordFile, type PasswordVerdict } from './password-file.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How users prove who they are; `None` takes an outer scheme back. */
    authType: Directive<'Basic' | 'None', 'Basic' | undefined>;
    /** The realm: what a browser shows when it asks for the password. */
    authName: Directive<string, string | undefined>;
    /** The file of users and passwords, as `htpasswd` writes it. */
    authUserFile: Directive<string, PasswordFile | undefined>;
    /** Who knows the users, asked in order. */
    authBasicProvider: Directive<'file' | readonly 'file'[], readonly string[]>;
    /** Whether a user whom no provider knows is refused at once; otherwise other handlers are asked. */
    authBasicAuthoritative: Directive<boolean>;
  }
}

/** Who can check a password. Undefined: this provider has not been configured. */
const providers: ReadonlyMap<string, (config: Config) => PasswordFile | undefined> = new Map([
  ['file', (config) => config.authUserFile],
]);

const inSections: readonly Context[] = ['directory', '.htaccess'];
const place = { contexts: inSections, override: 'AuthConfig' } as const;

/** Authentication by user name and password (RFC 7617). */
export const authBasic = definePlugin({
  name: 'auth_basic',
  aliases: [
    'mod_auth_basic',
    'auth_basic_module',
    'mod_authn_file',
    'authn_file_module',
    'mod_authn_core',
    'authn_core_module',
  ],
  directives: {
    AuthType: {
      ...place,
      takes: 'one',
      usage: 'Basic | None',
      help: 'How users prove who they are; None takes an outer scheme back.',
      parse([scheme = ''], site) {
        const known = scheme.toLowerCase();
        if (known !== 'basic' && known !== 'none') {
          return site.fail(`AuthType is Basic or None, not "${scheme}"; use an AuthenticateHandler for other schemes`);
        }
        return known === 'basic' ? 'Basic' : undefined;
      },
    },
    AuthName: {
      ...place,
      takes: 'one',
      usage: 'realm',
      help: 'The realm: what a browser shows when it asks for the password.',
      parse([realm = ''], site) {
        if (notInHeader.test(realm)) return site.fail('AuthName is sent in a header, so it must be one line of text');
        return realm;
      },
    },
    AuthUserFile: {
      ...place,
      takes: 'one',
      usage: 'file',
      help: 'The file of users and passwords, as htpasswd writes it.',
      parse: ([file = ''], site) => new PasswordFile(site.resolve(file)),
    },
    AuthBasicProvider: {
      ...place,
      takes: 'iterate',
      usage: 'provider …',
      help: `Who knows the users, asked in order: ${[...providers.keys()].join(', ')}.`,
      default: ['file'],
      parse([name = ''], site) {
        if (!providers.has(name)) {
          return site.fail(`AuthBasicProvider knows ${[...providers.keys()].join(', ')}, not "${name}"`);
        }
        return [name];
      },
      combine: (earlier, later) => [...earlier, ...later],
    },
    AuthBasicAuthoritative: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a user whom no provider knows is refused at once; Off asks other handlers.',
      default: true,
    },
  },
  phases: { authenticate: { handler: authenticate, when: isInForce } },
  insertChallenge: { when: isInForce, insert: challenge },
});

function isInForce(config: Config): boolean {
  return config.authType === 'Basic';
}

function authenticate(r: RequestRecord): Verdict | Promise<Verdict> {
  if (r.config.authName === undefined) {
    r.log(`AuthType Basic needs an AuthName, but there is none for ${r.uri}`, 'error');
    return 500;
  }
  if (isKnown(r)) return accept(r, r.connection.state.get(accepted)!.user);
  const credentials = basicCredentials(r);
  return credentials === undefined ? 401 : askProviders(r, credentials, 0);
}

/** What a connection sent last and was let in by: a browser repeats it with every request. */
interface Accepted {
  readonly header: string;
  readonly user: string;
  readonly file: PasswordFile;
  readonly revision: object;
}

const accepted = stateKey<Accepted>('auth_basic.accepted');

function isKnown(r: RequestRecord): boolean {
  const { authUserFile } = r.config;
  const known = r.connection.state.get(accepted);
  if (known === undefined || known.file !== authUserFile) return false;
  return known.header === r.headersIn.get('Authorization') && known.revision === authUserFile.revision;
}

function accept(r: RequestRecord, user: string): typeof OK {
  r.user = user;
  r.authType = 'Basic';
  return OK;
}

/** Asks the providers from `from` on; who doesn't know the user leaves it to the next one. */
function askProviders(r: RequestRecord, credentials: BasicCredentials, from: number): Verdict | Promise<Verdict> {
  const { user, password } = credentials;
  const name = r.config.authBasicProvider[from];
  if (name === undefined) {
    if (!r.config.authBasicAuthoritative) return DECLINED;
    r.log(`user ${user} is unknown: ${r.uri}`, 'info');
    return 401;
  }
  const provider = providers.get(name)!(r.config);
  if (provider === undefined) throw new Error(`AuthBasicProvider ${name} needs an AuthUserFile, but there is none`);
  const { revision } = provider;
  const judge = (verdict: PasswordVerdict): Verdict | Promise<Verdict> => {
    if (verdict === 'unknown user') return askProviders(r, credentials, from + 1);
    if (verdict === 'verified') {
      const header = r.headersIn.get('Authorization')!;
      r.connection.state.set(accepted, { header, user, file: provider, revision });
      return accept(r, user);
    }
    r.log(`user ${user} gave a wrong password: ${r.uri}`, 'info');
    return 401;
  };
  const verdict = provider.verify(user, password);
  return isThenable(verdict) ? verdict.then(judge) : judge(verdict);
}

/** RFC 7617 §2.1: the charset tells clients how to encode what isn't ASCII. */
function challenge(r: RequestRecord): void {
  const { authName } = r.config;
  if (authName === undefined || r.errHeadersOut.has('WWW-Authenticate')) return;
  const realm = headerOctets(authName).replace(/["\\]/g, '\\$&');
  r.errHeadersOut.set('WWW-Authenticate', `Basic realm="${realm}", charset="UTF-8"`);
}
