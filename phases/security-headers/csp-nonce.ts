import { randomBytes } from 'node:crypto';
import type { RequestRecord } from '../../core/request-record.ts';

/** Under this name in the notes of the client's request, for logs and expressions too. */
const noteName = 'csp-nonce';

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
  const known = r.notes.get(noteName);
  if (known !== undefined) return known;
  const nonce = randomBytes(16).toString('base64');
  r.notes.set(noteName, nonce);
  return nonce;
}
