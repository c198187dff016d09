import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** About half a millisecond of hashing; other requests get their turn in between. */
const roundsPerSlice = 100;

/** The costly part that MD5-crypt and SHA-crypt share: `rounds` hashes of hashes, mixed with password and salt. */
export async function cryptRounds(
  algorithm: 'md5' | 'sha256' | 'sha512',
  start: Buffer,
  password: Uint8Array,
  salt: Uint8Array,
  rounds: number,
): Promise<Buffer> {
  let digest = start;
  for (let round = 0; round < rounds; round++) {
    if (round > 0 && round % roundsPerSlice === 0) await setImmediate();
    const odd = round % 2 === 1;
    const hash = createHash(algorithm).update(odd ? password : digest);
    if (round % 3 !== 0) hash.update(salt);
    if (round % 7 !== 0) hash.update(password);
    digest = hash.update(odd ? digest : password).digest();
  }
  return digest;
}
