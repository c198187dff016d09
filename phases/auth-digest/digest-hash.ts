import { createHash } from 'node:crypto';
import type { DigestAlgorithm } from '../../core/access-provider.ts';
import type { DigestCredentials } from './digest-credentials.ts';

const names: Readonly<Record<DigestAlgorithm, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** RFC 7616 §3.4.1; `method` is empty for what the server proves in return (§3.5). */
export function digestResponse(
  realmHash: string,
  method: string,
  { algorithm, nonce, nc, cnonce, uri }: DigestCredentials,
): string {
  const hash = (text: string): string => createHash(names[algorithm]).update(text, 'latin1').digest('hex');
  return hash(`${realmHash}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`);
}

/** Stands for the hash of a user whom nobody knows, so that the clock doesn't tell. */
export function decoyHash(algorithm: DigestAlgorithm): string {
  return createHash(names[algorithm]).update('nobody').digest('hex');
}
