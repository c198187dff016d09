import { randomBytes } from 'node:crypto';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';

const key = stateKey<string>('security_headers.nonce');

/**
 * The request's nonce, for the `nonce` attribute of its scripts and styles: 128 random bits, the same in the whole request
 * and in the policy that names `nonce`.
 *
 * @example
 * const page = (r: RequestRecord) => `<script nonce="${cspNonce(r)}">start();</script>`;
 */
export function cspNonce(r: RequestRecord): string {
  const outer = r.main ?? r.prev;
  if (outer !== undefined) return cspNonce(outer);
  let nonce = r.state.get(key);
  if (nonce === undefined) r.state.set(key, (nonce = randomBytes(16).toString('base64')));
  return nonce;
}
