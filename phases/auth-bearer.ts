import type { Config, Context, DirectiveDeclaration } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { announceScope, authenticate, challenge, withdrawScope } from './auth-bearer/authenticate.ts';
import { type BearerKeys, algorithmsOf, keySetFile, keySetUrl, secretFile } from './auth-bearer/bearer-keys.ts';
import { claimProvider } from './auth-bearer/claim-provider.ts';
import { isRequired } from './require/decide.ts';

type Variable = readonly [variable: string, claim: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The public keys of the issuer, as a JSON Web Key Set in a file or at an https URL; needs the package jose. */
    authBearerKeySet: Directive<string, BearerKeys | undefined>;
    /** The file of a secret of 32 bytes at least that the issuer has too; needs the package jose. */
    authBearerSecretFile: Directive<string, BearerKeys | undefined>;
    /** Who may have issued a token. */
    authBearerIssuer: Directive<string | readonly string[], readonly string[]>;
    /** For whom a token may be meant. */
    authBearerAudience: Directive<string | readonly string[], readonly string[]>;
    /** How a token may be signed. */
    authBearerAlgorithm: Directive<string | readonly string[], readonly string[]>;
    /** Seconds by which clocks may differ. */
    authBearerClockTolerance: Directive<number, number>;
    /** The claim that names the user. */
    authBearerUserClaim: Directive<string>;
    /** A variable for the environment and the claim that it gets its value from. */
    authBearerEnv: Directive<Variable | readonly Variable[], readonly Variable[]>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;

const list = {
  ...place,
  takes: 'iterate',
  default: [],
  parse: ([word = '']) => [word],
  combine: (earlier, later) => [...earlier, ...later],
} satisfies Partial<DirectiveDeclaration<readonly string[]>>;

/** Authentication by signed tokens (JWT, RFC 7519) that somebody else has issued (RFC 6750). */
export const authBearer = definePlugin({
  name: 'auth_bearer',
  aliases: ['mod_auth_bearer', 'auth_bearer_module'],
  authenticationTypes: ['Bearer'],
  authorizationProviders: { claim: claimProvider },
  directives: {
    AuthBearerKeySet: {
      ...place,
      takes: 'one',
      usage: 'file | https://…',
      help: 'The public keys of the issuer, as a JSON Web Key Set in a file or at an https URL; needs the package jose.',
      parse([source = ''], site) {
        if (!/^\w+:\/\//.test(source)) return keySetFile(site.resolve(source));
        // Over plain HTTP anybody on the way could put keys in; a machine doesn't deceive itself.
        const isSafe = /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(source);
        if (isSafe && URL.canParse(source)) return keySetUrl(new URL(source));
        return site.fail(`AuthBearerKeySet takes a file or an https URL, not "${source}"`);
      },
    },
    AuthBearerSecretFile: {
      ...place,
      takes: 'one',
      usage: 'file',
      help: 'The file of a secret of 32 bytes at least that the issuer has too; needs the package jose.',
      into: 'authBearerKeySet',
      parse: ([file = ''], site) => secretFile(site.resolve(file)),
    },
    AuthBearerIssuer: {
      ...list,
      usage: 'issuer …',
      help: 'Who may have issued a token; anybody with the key, where none is named.',
    },
    AuthBearerAudience: {
      ...list,
      usage: 'audience …',
      help: 'For whom a token may be meant; anybody, where none is named.',
    },
    AuthBearerAlgorithm: {
      ...list,
      usage: 'algorithm …',
      help: 'How a token may be signed; all that fit the kind of key, where none is named.',
      parse([word = ''], site) {
        const known: readonly string[] = [...algorithmsOf.public, ...algorithmsOf.shared];
        return known.includes(word)
          ? [word]
          : site.fail(`AuthBearerAlgorithm takes ${known.join(', ')}, not "${word}"`);
      },
    },
    AuthBearerClockTolerance: {
      ...place,
      takes: 'one',
      usage: 'seconds',
      help: 'Seconds by which clocks may differ.',
      default: 0,
      parse([seconds = ''], site) {
        if (/^\d{1,3}$/.test(seconds)) return Number(seconds);
        return site.fail(`AuthBearerClockTolerance is a number of seconds up to 999, not "${seconds}"`);
      },
    },
    AuthBearerUserClaim: {
      ...place,
      takes: 'one',
      usage: 'claim',
      help: 'The claim that names the user.',
      default: 'sub',
    },
    AuthBearerEnv: {
      ...place,
      takes: 'two',
      usage: 'variable claim',
      help: 'A variable for the environment and the claim that it gets its value from.',
      default: [],
      parse: ([variable = '', claim = '']) => [[variable, claim] as const],
      combine: (earlier, later) => [...earlier, ...later],
      merge: (outer, inner) => [...outer, ...inner],
    },
  },
  phases: {
    authenticate: { handler: authenticate, when: isInForce },
    authorize: [
      { handler: announceScope, when: isVoted, before: ['authz_core'] },
      { handler: withdrawScope, when: isVoted, order: 'last', after: ['authz_core'] },
    ],
  },
  insertChallenge: { when: isInForce, insert: challenge },
});

/** Whether a Require may refuse a user. */
function isVoted(config: Config): boolean {
  return isInForce(config) && isRequired(config);
}

function isInForce(config: Config): boolean {
  return config.authType === 'Bearer';
}
