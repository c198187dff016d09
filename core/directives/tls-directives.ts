import type { Context, DirectiveDeclaration, DirectiveDeclarations, DirectiveSite } from '../config/directive.ts';
import type { Position } from '../config/tree.ts';
import { parseNumber } from './server-directives.ts';

/** A file that a line names. */
export interface NamedFile {
  readonly path: string;
  readonly at: Position;
}

/** A setting for the TLS library, which says at start whether it is one. */
export interface LibrarySetting {
  readonly value: string;
  readonly at: Position;
}

const verifications = ['none', 'optional', 'require', 'optional_no_ca'] as const;
const sniPolicies = ['strict', 'secure', 'authonly', 'insecure'] as const;

export type ClientVerification = (typeof verifications)[number];
export type SniPolicy = (typeof sniPolicies)[number];

/** The versions of TLS that are safe, the oldest first. */
const tlsVersions = ['TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** The ciphers of TLS 1.2, and those of TLS 1.3. */
export interface CipherSuites {
  readonly older: LibrarySetting | undefined;
  readonly tls13: LibrarySetting | undefined;
}

declare module '../config/directive.ts' {
  interface Directives {
    /** Whether connections to this server speak TLS; without it, Listen says so. */
    sslEngine: Directive<boolean, boolean | undefined>;
    /** Files with a server certificate, each followed by the certificates in between, if there are any. */
    sslCertificateFile: Directive<string | readonly string[], readonly NamedFile[]>;
    /** Files with the private keys of the certificates, in the same order. */
    sslCertificateKeyFile: Directive<string | readonly string[], readonly NamedFile[]>;
    /** A file with the certificates between the server's own and a root. */
    sslCertificateChainFile: Directive<string, NamedFile | undefined>;
    /** A file with the certificates of those who may sign clients' certificates. */
    sslcaCertificateFile: Directive<string, NamedFile | undefined>;
    /** A file with the lists of certificates that were called back. */
    sslcaRevocationFile: Directive<string, NamedFile | undefined>;
    /** Whether lists of certificates that were called back are looked at. */
    sslcaRevocationCheck: Directive<'chain' | 'none'>;
    /** Whether clients must, or may, have a certificate. */
    sslVerifyClient: Directive<ClientVerification>;
    /** How many certificates may stand above a client's. */
    sslVerifyDepth: Directive<number>;
    /** The versions of TLS, as in `all -TLSv1.2`. */
    sslProtocol: Directive<string | readonly string[], readonly TlsVersion[]>;
    /** The ciphers, in OpenSSL's words; `TLSv1.3` in front is for those of TLS 1.3. */
    sslCipherSuite: Directive<string | readonly [protocol: string, ciphers: string], CipherSuites>;
    /** Whether the server's order of ciphers counts, instead of the client's. */
    sslHonorCipherOrder: Directive<boolean>;
    /** Whether clients get tickets to take up a session again. */
    sslSessionTickets: Directive<boolean>;
    /** The groups for the exchange of keys: `Curves X25519:P-256`. */
    sslOpenSSLConfCmd: Directive<readonly [command: string, value: string], LibrarySetting | undefined>;
    /** Whether clients that name no server are refused. */
    sslStrictSNIVHostCheck: Directive<boolean>;
    /** How alike two hosts must be for a connection to one of them to be used for the other. */
    sslvHostSNIPolicy: Directive<SniPolicy>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];

export const tlsDirectives: DirectiveDeclarations = {
  SSLEngine: {
    takes: 'one',
    usage: 'on | off',
    help: 'Whether connections speak TLS. Without it they do where Listen says https and there is a certificate.',
    contexts: servers,
    parse([word = ''], site) {
      if (/^(?:on|off)$/i.test(word)) return word.toLowerCase() === 'on';
      return site.fail(
        word.toLowerCase() === 'optional'
          ? 'SSLEngine optional (RFC 2817) is not supported, for no browser knows it; write on or off'
          : `SSLEngine is on or off, not "${word}"`,
      );
    },
  },
  SSLCertificateFile: {
    takes: 'one',
    usage: 'file',
    help: 'The certificate in PEM, with the certificates in between behind it; one line each for an RSA and an ECDSA one.',
    contexts: servers,
    default: [],
    parse: ([path = ''], site) => [namedFile(path, site)],
    combine: (earlier, later) => [...earlier, ...later],
  },
  SSLCertificateKeyFile: {
    takes: 'one',
    usage: 'file',
    help: 'The private key of the certificate, unless it is in the same file.',
    contexts: servers,
    default: [],
    parse: ([path = ''], site) => [namedFile(path, site)],
    combine: (earlier, later) => [...earlier, ...later],
  },
  SSLCertificateChainFile: file("The certificates between the server's own and a root."),
  SSLCACertificateFile: file("The certificates of those who may sign clients' certificates."),
  SSLCARevocationFile: file("Lists of certificates that were called back; a client's is looked up in them."),
  SSLCARevocationCheck: oneOf(['chain', 'none'], 'chain', 'Whether the lists of SSLCARevocationFile count.'),
  SSLVerifyClient: {
    ...oneOf(verifications, 'none', 'Whether clients must (require) or may (optional) have a certificate.'),
    contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
    override: 'AuthConfig',
    parse([word], site) {
      if (!servers.includes(site.context)) {
        site.fail(
          `SSLVerifyClient belongs to a whole server here, for a connection can't be asked for a certificate later on; say "SSLVerifyClient optional" for the server and "Require ssl-verify-client" in this section`,
        );
      }
      return word as ClientVerification;
    },
  },
  SSLVerifyDepth: {
    takes: 'one',
    usage: 'count',
    help: "How many certificates may stand above a client's: 1 is a client's that a known authority has signed.",
    contexts: servers,
    default: 1,
    parse: ([text = ''], site) => parseNumber(text, site),
  },
  SSLProtocol: {
    takes: 'some',
    usage: '[+|-]all | TLSv1.2 | TLSv1.3 …',
    help: 'The versions of TLS. Older ones than TLS 1.2 are not spoken.',
    contexts: servers,
    default: tlsVersions,
    parse: parseProtocols,
  },
  SSLCipherSuite: {
    takes: 'oneOrTwo',
    usage: '[SSL | TLSv1.3] ciphers',
    help: 'The ciphers in the words of OpenSSL; those of TLS 1.3 have a line of their own.',
    contexts: servers,
    default: { older: undefined, tls13: undefined },
    defaultText: "those that Node's TLS thinks safe",
    parse(args, site) {
      const [protocol, value] = args.length === 2 ? [args[0]!, args[1]!] : ['SSL', args[0]!];
      const setting = librarySetting(value, site);
      if (/^ssl$/i.test(protocol)) return { older: setting, tls13: undefined };
      if (/^tlsv1\.3$/i.test(protocol)) return { older: undefined, tls13: setting };
      return site.fail(`SSLCipherSuite takes SSL or TLSv1.3 in front of the ciphers, not "${protocol}"`);
    },
    combine: bothSuites,
    merge: bothSuites,
  },
  SSLHonorCipherOrder: flag(false, "Whether the server's order of ciphers counts, instead of the client's."),
  SSLSessionTickets: flag(true, 'Whether clients get tickets to take up a session again.'),
  SSLOpenSSLConfCmd: {
    takes: 'two',
    usage: 'Curves groups',
    help: 'The groups for the exchange of keys, the preferred one first, as in X25519:P-256.',
    contexts: servers,
    parse([command = '', value = ''], site) {
      if (/^(?:curves|groups)$/i.test(command)) return librarySetting(value, site);
      return site.fail(
        `SSLOpenSSLConfCmd takes Curves or Groups here, not "${command}"; other settings have directives`,
      );
    },
  },
  SSLStrictSNIVHostCheck: flag(false, 'Whether requests on connections whose client named no server are refused.'),
  SSLVHostSNIPolicy: {
    ...oneOf(
      sniPolicies,
      'secure',
      'How alike the TLS of two hosts must be for a connection to one to be used for the other; otherwise 421.',
    ),
    contexts: ['server config'],
  },
};

function namedFile(path: string, site: DirectiveSite): NamedFile {
  if (path === '') return site.fail(`${site.name} takes the name of a file, not an empty one`);
  return { path: site.resolve(path), at: { file: site.file, line: site.line } };
}

function librarySetting(value: string, site: DirectiveSite): LibrarySetting {
  if (value === '') return site.fail(`${site.name} takes names, not an empty text`);
  return { value, at: { file: site.file, line: site.line } };
}

function file(help: string): DirectiveDeclaration<NamedFile | undefined> {
  return {
    takes: 'one',
    usage: 'file',
    help,
    contexts: servers,
    parse: ([path = ''], site) => namedFile(path, site),
  };
}

function flag(value: boolean, help: string): DirectiveDeclaration<boolean> {
  return { takes: 'flag', usage: 'on | off', help, contexts: servers, default: value };
}

function oneOf<Word extends string>(words: readonly Word[], value: Word, help: string): DirectiveDeclaration<Word> {
  return {
    takes: 'one',
    usage: words.join(' | '),
    help,
    contexts: servers,
    default: value,
    words,
    parse: ([word]) => word as Word,
  };
}

/** Versions that were given up for their faults (RFC 7568, RFC 8996); they may be excluded, but not asked for. */
const oldVersions = /^(?:SSLv2|SSLv3|TLSv1|TLSv1\.1)$/i;

function parseProtocols(words: readonly string[], site: DirectiveSite): readonly TlsVersion[] {
  const chosen = new Set<TlsVersion>();
  for (const word of words) {
    const { sign = '', name = '' } = /^(?<sign>[+-]?)(?<name>.*)$/.exec(word)!.groups!;
    const versions = tlsVersions.filter(
      (version) => /^all$/i.test(name) || version.toLowerCase() === name.toLowerCase(),
    );
    if (versions.length === 0 && !(sign === '-' && oldVersions.test(name))) {
      site.fail(
        oldVersions.test(name)
          ? `SSLProtocol: ${name} is not spoken, for it isn't safe; TLSv1.2 and TLSv1.3 are`
          : `SSLProtocol takes all, TLSv1.2 and TLSv1.3, with + or - in front or not, not "${word}"`,
      );
    }
    if (sign === '') chosen.clear();
    for (const version of versions) {
      if (sign === '-') chosen.delete(version);
      else chosen.add(version);
    }
  }
  if (chosen.size === 0)
    site.fail('SSLProtocol leaves no version of TLS; write "SSLProtocol all" for all that are safe');
  return tlsVersions.filter((version) => chosen.has(version));
}

function bothSuites(earlier: CipherSuites, later: CipherSuites): CipherSuites {
  return { older: later.older ?? earlier.older, tls13: later.tls13 ?? earlier.tls13 };
}
