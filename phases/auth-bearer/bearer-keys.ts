import type * as Jose from 'jose';
import { codeOf, messageOf } from '../../core/thrown.ts';
import { ChangingFile } from '../authn/changing-file.ts';
import { optionalPackage } from '../optional-package.ts';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a token must be besides signed and not expired. */
export interface TokenRules {
  readonly issuer: readonly string[];
  readonly audience: readonly string[];
  /** Those that fit the keys, where empty. */
  readonly algorithms: readonly string[];
  /** Seconds by which clocks may differ. */
  readonly clockTolerance: number;
}

/** The keys that tokens are signed with. */
export interface BearerKeys {
  readonly kind: 'public' | 'shared';
  /** What the token says, or why it is no good. Rejects where the keys can't be had. */
  verify(token: string, rules: TokenRules): Promise<Claims | InvalidToken>;
}

/** Why a token is refused, in words for the log. */
export class InvalidToken {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Of RFC 7518 §3.1 and RFC 8037, those that nobody advises against. */
export const algorithmsOf = {
  public: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  shared: ['HS256', 'HS384', 'HS512'],
} as const satisfies Record<BearerKeys['kind'], readonly string[]>;

/** RFC 7518 §3.2: a key of the size of the hash at least. */
const shortestSecret = 32;

/** The faults of a token; all others are the server's or the network's. */
const faultsOfTokens: ReadonlySet<unknown> = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_INVALID',
]);

/** A JSON Web Key Set in a file, which is read again when it has changed. Throws where it is none. */
export async function keySetFile(path: string): Promise<BearerKeys> {
  const jose = await optionalPackage('jose', () => import('jose'));
  const file = new ChangingFile(path, 'AuthBearerKeySet', (text) => jose.createLocalJWKSet(JSON.parse(text)));
  return keysOf('public', jose, () => file.content);
}

/** A JSON Web Key Set that is fetched when it is first needed, and again for keys that it hasn't. */
export async function keySetUrl(url: URL): Promise<BearerKeys> {
  const jose = await optionalPackage('jose', () => import('jose'));
  const set = jose.createRemoteJWKSet(url);
  return keysOf('public', jose, () => set);
}

/** A secret that the issuer has too, in a file. Throws where it is too short. */
export async function secretFile(path: string): Promise<BearerKeys> {
  const jose = await optionalPackage('jose', () => import('jose'));
  const file = new ChangingFile(path, 'AuthBearerSecretFile', (text) => {
    const secret = Buffer.from(text.trim());
    if (secret.length >= shortestSecret) return () => secret;
    throw new Error(`a secret of ${shortestSecret} bytes at least is needed, not of ${secret.length}`);
  });
  return keysOf('shared', jose, () => file.content);
}

function keysOf(
  kind: BearerKeys['kind'],
  { jwtVerify }: typeof Jose,
  key: () => Jose.JWTVerifyGetKey | (() => Uint8Array),
): BearerKeys {
  // What can't be read is an error at start.
  key();
  return {
    kind,
    async verify(token, { issuer, audience, algorithms, clockTolerance }) {
      const options: Jose.JWTVerifyOptions = {
        clockTolerance,
        algorithms: [...(algorithms.length === 0 ? algorithmsOf[kind] : algorithms)],
        requiredClaims: ['exp'],
        ...(issuer.length === 0 ? {} : { issuer: [...issuer] }),
        ...(audience.length === 0 ? {} : { audience: [...audience] }),
      };
      const getKey = key() as Jose.JWTVerifyGetKey;
      try {
        return (await jwtVerify(token, getKey, options)).payload;
      } catch (error) {
        if (faultsOfTokens.has(codeOf(error))) return new InvalidToken(messageOf(error));
        throw error;
      }
    },
  };
}
