import { createHash } from 'node:crypto';
import { cryptBase64 } from './crypt-base64.ts';
import { cryptRounds } from './crypt-rounds.ts';

const rounds = 1000;
const order = [0, 6, 12, 1, 7, 13, 2, 8, 14, 3, 9, 15, 4, 10, 5, 11];

/** MD5-crypt, without the prefix and the salt; `magic` is `$apr1$` for Apache's variant. */
export async function md5Crypt(password: Buffer, magic: string, salt: string): Promise<string> {
  const inner = createHash('md5').update(password).update(salt).update(password).digest();
  const outer = createHash('md5').update(password).update(magic).update(salt);
  for (let left = password.length; left > 0; left -= 16) outer.update(inner.subarray(0, Math.min(left, 16)));
  const nul = Buffer.of(0);
  for (let bits = password.length; bits > 0; bits >>>= 1) outer.update(bits & 1 ? nul : password.subarray(0, 1));
  const digest = await cryptRounds('md5', outer.digest(), password, Buffer.from(salt), rounds);
  return cryptBase64(digest, order);
}
