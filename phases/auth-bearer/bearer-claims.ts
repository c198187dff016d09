import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';
import type { Claims } from './bearer-keys.ts';

export const claimsKey = stateKey<Claims>('auth_bearer.claims');

/**
 * What the bearer token of a request says; undefined where no token has been verified.
 *
 * @example
 * const email = bearerClaims(r)?.['email'];
 */
export function bearerClaims(r: RequestRecord): Claims | undefined {
  return r.state.get(claimsKey);
}

/** A claim as text: lists are joined by blanks, as in `scope`. */
export function claimText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((element) => claimText(element)).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
