import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { verifyPassword } from '../../phases/password-hash.ts';

interface Vector {
  readonly scheme: string;
  readonly password: string;
  readonly hash: string;
}

/** Written by Apache's `htpasswd -nb` with -B, -m, -s, -2 and -5. */
const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL('password-vectors.json', import.meta.url), 'utf8'));

describe('verifyPassword', () => {
  it.each(vectors)('knows $scheme of "$password" as htpasswd writes it', async ({ password, hash }) => {
    expect(await verifyPassword(password, hash)).toBe(true);
    expect(await verifyPassword(`!${password}`, hash)).toBe(false);
  });

  it('knows MD5-crypt of other tools', async () => {
    expect(await verifyPassword('secret', '$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1')).toBe(true);
    expect(await verifyPassword('Secret', '$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1')).toBe(false);
  });

  it.each([
    ['traditional crypt', '5g5focjt.q0tA'],
    ['plain text', 'secret'],
    ['plain text', ''],
    ['unknown scheme', '$y$j9T$abc$def'],
    ['damaged hash', '$2y$05$tooshort'],
    ['damaged hash', '$2y$99$xUSWIbqGCl6E6/by7pFnn.Qwetm6adgsoPqxqaSEdPDjX4JpQvDkq'],
    ['damaged hash', '$apr1$salt'],
    ['damaged hash', '{SHA}'],
    ['damaged hash', '$6$rounds=-1$salt$x'],
  ])('refuses %s and says what to do', async (kind, hash) => {
    await expect(verifyPassword('secret', hash)).rejects.toMatchObject({
      code: 'UNSUPPORTED_PASSWORD_HASH',
      message: expect.stringMatching(new RegExp(`${kind}.*htpasswd -B`)),
    });
  });

  it('never quotes an entry, which may be a password', async () => {
    await expect(verifyPassword('guess', 'my plain password')).rejects.not.toThrow(/my plain password/);
  });

  it('hashes no password that is longer than anybody types', async () => {
    expect(await verifyPassword('x'.repeat(1025), vectors[0]!.hash)).toBe(false);
  });

  it('lets others work while it hashes', async () => {
    const slow = vectors.find(({ scheme }) => scheme.startsWith('SHA-512'))!;
    let turns = 0;
    let hashing = true;
    const count = (): void => {
      turns++;
      if (hashing) setImmediate(count);
    };
    setImmediate(count);
    await verifyPassword(slow.password, slow.hash);
    hashing = false;
    expect(turns).toBeGreaterThan(20);
  });
});
