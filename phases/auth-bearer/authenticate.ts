import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { headerOctets, notInHeader } from '../header-octets.ts';
import { bearerClaims, claimText, claimsKey } from './bearer-claims.ts';
import { type Claims, InvalidToken } from './bearer-keys.ts';

/** There was a token, but it is no good. */
const refused = stateKey<true>('auth_bearer.refused');

/** The authenticate phase under AuthType Bearer. */
export async function authenticate(r: RequestRecord): Promise<Verdict> {
  const { config } = r;
  const keys = config.authBearerKeySet;
  if (keys === undefined) {
    r.log(`AuthType Bearer needs an AuthBearerKeySet or AuthBearerSecretFile, but there is none for ${r.uri}`, 'error');
    return 500;
  }
  const header = r.headersIn.get('Authorization');
  if (header === undefined || !/^Bearer(?: |$)/i.test(header)) return 401;
  // RFC 6750 §2.1
  const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header) ?? [];
  if (token === undefined) return refuse(r, 'the header Authorization has no token of RFC 6750');
  const answer = await keys.verify(token, {
    issuer: config.authBearerIssuer,
    audience: config.authBearerAudience,
    algorithms: config.authBearerAlgorithm,
    clockTolerance: config.authBearerClockTolerance,
  });
  return answer instanceof InvalidToken ? refuse(r, answer.reason) : accept(r, answer);
}

/** RFC 6750 §3. */
export function challenge(r: RequestRecord): void {
  if (r.errHeadersOut.has('WWW-Authenticate')) return;
  r.errHeadersOut.set('WWW-Authenticate', challengeText(r, r.state.has(refused) ? 'invalid_token' : undefined));
}

/** Before somebody refuses a user: what the 403 will say (RFC 6750 §3.1). */
export function announceScope(r: RequestRecord): typeof DECLINED {
  if (bearerClaims(r) !== undefined) {
    r.errHeadersOut.set('WWW-Authenticate', challengeText(r, 'insufficient_scope'));
  }
  return DECLINED;
}

/** Nobody has refused. */
export function withdrawScope(r: RequestRecord): typeof DECLINED {
  if (bearerClaims(r) !== undefined) r.errHeadersOut.delete('WWW-Authenticate');
  return DECLINED;
}

function accept(r: RequestRecord, claims: Claims): Verdict {
  const { authBearerUserClaim: claim, authBearerEnv: variables } = r.config;
  const user = claimText(claims[claim]);
  if (user === undefined || user === '') return refuse(r, `it has no claim ${claim}, which names the user`);
  for (const [name, source] of variables) {
    const value = claimText(claims[source]);
    // What comes from elsewhere may end up in a header.
    if (value !== undefined && !notInHeader.test(value)) r.env.set(name, value);
  }
  r.state.set(claimsKey, claims);
  r.user = user;
  r.authType = 'Bearer';
  return OK;
}

function refuse(r: RequestRecord, reason: string): 401 {
  r.state.set(refused, true);
  r.log(`a bearer token is refused: ${reason}: ${r.uri}`, 'info');
  return 401;
}

function challengeText(r: RequestRecord, error: string | undefined): string {
  const { authName } = r.config;
  const said = [
    ...(authName === undefined ? [] : [`realm="${headerOctets(authName).replace(/["\\]/g, '\\$&')}"`]),
    ...(error === undefined ? [] : [`error="${error}"`]),
  ];
  return ['Bearer', said.join(', ')].join(' ').trimEnd();
}
