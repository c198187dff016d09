import type { AuthorizationTest } from '../core/access-provider.ts';
import type { Config, Context, DirectiveSite } from '../core/config/directive.ts';
import { type SignedWords, SignedWordsReader, mergeSignedWords } from '../core/config/signed-words.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK, httpError } from '../core/verdict.ts';
import { setTlsEnvironment } from './ssl/environment.ts';
import { foreignNames } from './ssl/foreign-names.ts';
import { refuseOtherHosts } from './ssl/same-connection.ts';
import { clientVerdict, readTlsVariable, tlsVariableNames } from './ssl/tls-variables.ts';

/** Options in lower case. */
type SslOption = 'stdenvvars' | 'exportcertdata';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What the environment of requests gets to know: `+StdEnvVars`, `+ExportCertData`. */
    sslOptions: Directive<string | readonly string[], SignedWords<SslOption>>;
    /** Refuses requests that come without TLS. */
    sslRequireSSL: Directive<true, boolean>;
    /** The variable that becomes the user, e.g. `SSL_CLIENT_S_DN_CN`. */
    sslUserName: Directive<string, string | undefined>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** What requests learn of the TLS that they came by, and what they may demand of it. */
export const ssl = definePlugin({
  name: 'ssl',
  aliases: ['mod_ssl', 'ssl_module'],
  foreignNames,
  expressionFunctions: { ssl: (name, { connection }) => readTlsVariable(connection, name) },
  expressionVariables: Object.fromEntries(
    tlsVariableNames.map((name) => [name, ({ connection }: RequestRecord) => readTlsVariable(connection, name)]),
  ),
  directives: {
    SSLOptions: {
      takes: 'some',
      usage: '[+|-]StdEnvVars | ExportCertData …',
      help: 'What the environment of requests gets to know: the facts of connection and certificates, and the certificates.',
      contexts: everywhere,
      override: 'Options',
      default: { on: new Set(), off: new Set(), relative: false },
      defaultText: 'none',
      parse: parseOptions,
      combine: mergeSignedWords,
      merge: mergeSignedWords,
    },
    SSLRequireSSL: {
      takes: 'none',
      usage: '',
      help: 'Refuses requests that come without TLS.',
      contexts: ['directory', '.htaccess'],
      override: 'AuthConfig',
      default: false,
      parse: () => true,
    },
    SSLUserName: {
      takes: 'one',
      usage: 'variable',
      help: "The variable that becomes the user, e.g. SSL_CLIENT_S_DN_CN: the name in a client's certificate.",
      contexts: everywhere,
      override: 'AuthConfig',
      parse([name = ''], site) {
        return /^SSL_CLIENT_\w+$/.test(name)
          ? name
          : site.fail(
              `SSLUserName takes a variable of the client's certificate, such as SSL_CLIENT_S_DN_CN, not "${name}"`,
            );
      },
    },
  },
  authorizationProviders: {
    ssl: { usage: '', parse: alone('ssl', ({ connection }) => (connection.secure ? 'granted' : 'denied')) },
    'ssl-verify-client': {
      usage: '',
      parse: alone('ssl-verify-client', ({ connection: { tls } }) =>
        tls !== undefined && clientVerdict(tls) === 'SUCCESS' ? 'granted' : 'denied',
      ),
    },
  },
  phases: {
    postReadRequest: { handler: refuseOtherHosts, order: 'first', when: hasTls },
    access: [
      { handler: requireTls, order: 'first', when: ({ sslRequireSSL }) => sslRequireSSL },
      { handler: setUser, order: 'first', when: ({ sslUserName }) => sslUserName !== undefined },
    ],
    authenticate: {
      handler: knowByCertificate,
      order: 'first',
      when: ({ sslUserName }) => sslUserName !== undefined,
    },
    fixup: { handler: setTlsEnvironment, when: hasTls },
  },
});

function hasTls({ sslEngine, sslCertificateFile }: Config): boolean {
  return sslEngine ?? sslCertificateFile.length > 0;
}

function requireTls({ connection }: RequestRecord): typeof DECLINED {
  if (connection.secure) return DECLINED;
  throw httpError(403, 'TLS is required here (SSLRequireSSL)');
}

/** Only a certificate that was verified says who somebody is. */
function setUser(r: RequestRecord): typeof DECLINED {
  const { tls } = r.connection;
  if (tls === undefined || clientVerdict(tls) !== 'SUCCESS') return DECLINED;
  const user = readTlsVariable(r.connection, r.config.sslUserName!);
  if (user !== undefined) {
    r.user = user;
    r.authType = 'ClientCert';
  }
  return DECLINED;
}

/** Where there is no other way to say who somebody is, a certificate is needed. */
function knowByCertificate({ authType, config }: RequestRecord): typeof OK | typeof DECLINED {
  if (authType === 'ClientCert') return OK;
  if (config.authType !== undefined) return DECLINED;
  throw httpError(403, 'a user is needed, and the client has no certificate that says who it is');
}

function alone(provider: string, test: AuthorizationTest): (words: readonly string[]) => AuthorizationTest {
  return (words) => {
    if (words.length > 0) throw new Error(`Require ${provider} takes nothing more, not "${words.join(' ')}"`);
    return test;
  };
}

const known: ReadonlySet<string> = new Set<SslOption>(['stdenvvars', 'exportcertdata']);
/** What they ask for is done, or never needed: a section that demands TLS is always strict, and nothing is renegotiated. */
const always: ReadonlySet<string> = new Set(['strictrequire', 'optrenegotiate']);

function parseOptions(words: readonly string[], site: DirectiveSite): SignedWords<SslOption> {
  const reader = new SignedWordsReader<SslOption>();
  for (const word of words) {
    const sign = /^[+-]/.exec(word)?.[0] ?? '';
    const option = word.slice(sign.length).toLowerCase();
    if (known.has(option)) reader.add(sign, option as SslOption);
    else if (!always.has(option)) {
      site.fail(
        option === 'fakebasicauth'
          ? 'SSLOptions FakeBasicAuth is not supported; SSLUserName makes a user of a certificate, without any password file'
          : `SSLOptions takes StdEnvVars and ExportCertData, with + or - in front or not, not "${word}"`,
      );
    }
  }
  return reader.take();
}
