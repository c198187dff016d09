import { timingSafeEqual } from 'node:crypto';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';
import { OK, type Verdict } from '../../core/verdict.ts';
import type { NamedProvider } from '../authn/provider-list.ts';
import { headerOctets } from '../header-octets.ts';
import { type DigestCredentials, parseDigestCredentials } from './digest-credentials.ts';
import { decoyHash, digestResponse } from './digest-hash.ts';
import { Nonces } from './nonces.ts';

const nonces = new Nonces();

/** The credentials were right, but the nonce is too old: the client may try again without asking its user. */
const stale = stateKey<true>('auth_digest.stale');

/** The count and nonce that the request has used. */
const used = stateKey<string>('auth_digest.used');

/** The authenticate phase under AuthType Digest. */
export function authenticate(r: RequestRecord): Verdict | Promise<Verdict> {
  const { authName, authDigestProvider, authDigestAlgorithm } = r.config;
  if (authName === undefined) {
    r.log(`AuthType Digest needs an AuthName, but there is none for ${r.uri}`, 'error');
    return 500;
  }
  const credentials = parseDigestCredentials(r.headersIn.get('Authorization'));
  if (credentials === undefined) return 401;
  if (credentials.realm !== authName || !authDigestAlgorithm.includes(credentials.algorithm)) return 401;
  return whenReady(findHash(r, authDigestProvider, credentials, 0), (hash) => judge(r, credentials, hash));
}

/** RFC 7616 §3.3: a challenge for each algorithm, the preferred one first. */
export function challenge(r: RequestRecord): void {
  const { authName, authDigestAlgorithm, authDigestDomain } = r.config;
  if (authName === undefined || r.errHeadersOut.has('WWW-Authenticate')) return;
  const realm = headerOctets(authName).replace(/["\\]/g, '\\$&');
  const domain = authDigestDomain.length === 0 ? '' : `, domain="${authDigestDomain.join(' ')}"`;
  const again = r.state.has(stale) ? ', stale=true' : '';
  for (const algorithm of authDigestAlgorithm) {
    const nonce = nonces.make(authName);
    r.errHeadersOut.append(
      'WWW-Authenticate',
      `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}${domain}${again}, qop="auth", charset=UTF-8`,
    );
  }
}

/** The first provider that knows the user. */
function findHash(
  r: RequestRecord,
  providers: readonly NamedProvider[],
  credentials: DigestCredentials,
  from: number,
): Evaluated<string | undefined> {
  const by = providers[from];
  if (by === undefined) return undefined;
  const { username, realm, algorithm } = credentials;
  const hash = by.provider.realmHash!(username, realm, algorithm, r.config, r);
  return whenReady(hash, (found) => found ?? findHash(r, providers, credentials, from + 1));
}

function judge(r: RequestRecord, credentials: DigestCredentials, hash: string | undefined): Verdict {
  const { username, nonce, nc, response, algorithm, cnonce } = credentials;
  const proof = hash ?? decoyHash(algorithm);
  const isRight = equal(response, digestResponse(proof, asSent(r).method, credentials));
  if (hash === undefined || !isRight) {
    r.log(`user ${username} ${hash === undefined ? 'is unknown' : 'gave a wrong password'}: ${r.uri}`, 'info');
    return 401;
  }
  if (!isAbout(credentials.uri, asSent(r))) {
    r.log(`the credentials are for ${credentials.uri}, not for ${asSent(r).unparsedUri}`, 'info');
    return 400;
  }
  const realm = r.config.authName!;
  const made = nonces.madeAt(nonce, realm);
  if (made === undefined || isTooOld(r, made) || !isUnused(r, nonce, made, nc)) {
    r.state.set(stale, true);
    return 401;
  }
  r.user = username;
  r.authType = 'Digest';
  const next = r.config.authDigestNonceLifetime === 0 ? `, nextnonce="${nonces.make(realm)}"` : '';
  const rspauth = digestResponse(proof, '', credentials);
  r.headersOut.set(
    'Authentication-Info',
    `rspauth="${rspauth}", cnonce="${cnonce.replace(/["\\]/g, '\\$&')}", nc=${nc}, qop=auth${next}`,
  );
  return OK;
}

/** A lifetime below zero has no end; of zero, a nonce is good for one request. */
function isTooOld(r: RequestRecord, made: number): boolean {
  const { authDigestNonceLifetime: seconds } = r.config;
  return seconds > 0 && Date.now() - made > seconds * 1000;
}

function isUnused(r: RequestRecord, nonce: string, made: number, nc: string): boolean {
  const count = Number.parseInt(nc, 16);
  if (r.config.authDigestNonceLifetime === 0 && count !== 1) return false;
  if (!r.config.authDigestNcCheck) return true;
  // A redirect inside the server is still the same request.
  const { state } = asSent(r);
  const use = `${nc}:${nonce}`;
  if (state.get(used) === use) return true;
  state.set(used, use);
  return nonces.use(nonce, made, count);
}

/** What the client computed with: its own request, not one that was made of it. */
function asSent(r: RequestRecord): RequestRecord {
  let first = r;
  for (let outer = r.main ?? r.prev; outer !== undefined; outer = outer.main ?? outer.prev) first = outer;
  return first;
}

function isAbout(uri: string, { unparsedUri }: RequestRecord): boolean {
  return pathOf(uri) === pathOf(unparsedUri);
}

/** Clients may write the absolute form or the path. */
function pathOf(uri: string): string {
  return uri.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}

function equal(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
