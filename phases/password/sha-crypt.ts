import { createHash } from 'node:crypto';
import { cryptBase64 } from './crypt-base64.ts';
import { cryptRounds } from './crypt-rounds.ts';

export const defaultRounds = 5000;
const leastRounds = 1000;
const mostRounds = 999_999_999;

// prettier-ignore
const order = {
  sha256: [0, 10, 20, 21, 1, 11, 12, 22, 2, 3, 13, 23, 24, 4, 14, 15, 25, 5, 6, 16, 26, 27, 7, 17, 18, 28, 8, 9, 19, 29, 31, 30],
  sha512: [0, 21, 42, 22, 43, 1, 44, 2, 23, 3, 24, 45, 25, 46, 4, 47, 5, 26, 6, 27, 48, 28, 49, 7, 50, 8, 29, 9, 30, 51, 31, 52, 10, 53, 11, 32, 12, 33, 54, 34, 55, 13, 56, 14, 35, 15, 36, 57, 37, 58, 16, 59, 17, 38, 18, 39, 60, 40, 61, 19, 62, 20, 41, 63],
};

/** Drepper's SHA-crypt (`$5$` and `$6$`), without the prefix and the salt. */
export async function shaCrypt(
  algorithm: 'sha256' | 'sha512',
  password: Buffer,
  salt: Buffer,
  rounds: number,
): Promise<string> {
  const inner = createHash(algorithm).update(password).update(salt).update(password).digest();
  const outer = createHash(algorithm).update(password).update(salt).update(repeated(inner, password.length));
  for (let bits = password.length; bits > 0; bits >>>= 1) outer.update(bits & 1 ? inner : password);
  const start = outer.digest();

  const passwordDigest = digestOfCopies(algorithm, password, password.length);
  const saltDigest = digestOfCopies(algorithm, salt, 16 + start[0]!);
  const digest = await cryptRounds(
    algorithm,
    start,
    repeated(passwordDigest, password.length),
    repeated(saltDigest, salt.length),
    Math.min(Math.max(rounds, leastRounds), mostRounds),
  );
  return cryptBase64(digest, order[algorithm]);
}

function digestOfCopies(algorithm: string, bytes: Buffer, copies: number): Buffer {
  const hash = createHash(algorithm);
  for (let left = copies; left > 0; left--) hash.update(bytes);
  return hash.digest();
}

/** `digest` again and again until it is `length` bytes long. */
function repeated(digest: Buffer, length: number): Buffer {
  return Buffer.alloc(length, digest);
}
