import { createHash, timingSafeEqual } from 'node:crypto';
import { compare } from 'bcryptjs';
import { md5Crypt } from './password/md5-crypt.ts';
import { defaultRounds, shaCrypt } from './password/sha-crypt.ts';

/** The cost of SHA-crypt grows with the square of the length, so a client could ask for seconds of it. */
const longestPassword = 1024;

/** What Apache's `htpasswd` writes, by the shape of an entry; `verify` gets the parts that the pattern captures. */
const formats: readonly {
  readonly pattern: RegExp;
  readonly verify: (password: string, hash: string, parts: RegExpExecArray) => boolean | Promise<boolean>;
}[] = [
  {
    pattern: /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/,
    verify: (password, hash) => compare(password, hash),
  },
  {
    pattern: /^(\$apr1\$|\$1\$)([^$]{0,8})[^$]*\$([./A-Za-z0-9]{22})$/,
    verify: async (password, _hash, [, magic, salt, digest]) =>
      equal(await md5Crypt(Buffer.from(password), magic!, salt!), digest!),
  },
  {
    pattern: /^\{SHA\}([A-Za-z0-9+/]{27}=)$/,
    verify: (password, _hash, [, digest]) => equal(createHash('sha1').update(password).digest('base64'), digest!),
  },
  {
    pattern: /^\$5\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})[^$]*\$([./A-Za-z0-9]{43})$/,
    verify: async (password, _hash, [, rounds, salt, digest]) =>
      equal(
        await shaCrypt('sha256', Buffer.from(password), Buffer.from(salt!), Number(rounds ?? defaultRounds)),
        digest!,
      ),
  },
  {
    pattern: /^\$6\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})[^$]*\$([./A-Za-z0-9]{86})$/,
    verify: async (password, _hash, [, rounds, salt, digest]) =>
      equal(
        await shaCrypt('sha512', Buffer.from(password), Buffer.from(salt!), Number(rounds ?? defaultRounds)),
        digest!,
      ),
  },
];

/** A password entry that can't be checked: traditional crypt, plain text, or damaged. */
export class UnsupportedHashError extends Error {
  readonly code = 'UNSUPPORTED_PASSWORD_HASH';

  constructor(message: string) {
    super(message);
    this.name = 'UnsupportedHashError';
  }
}

/**
 * True when `hash`, an entry as `htpasswd` writes it, was made from `password`. Rejects with UnsupportedHashError, which
 * never quotes the entry, as that may be a password in plain text.
 *
 * @example await verifyPassword('secret', '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=');
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  for (const { pattern, verify } of formats) {
    const parts = pattern.exec(hash);
    if (parts !== null) return Buffer.byteLength(password) <= longestPassword && verify(password, hash, parts);
  }
  throw new UnsupportedHashError(
    `expected a bcrypt, $apr1$, {SHA}, $5$ or $6$ hash, but the entry looks like ${looksLike(hash)}; ` +
      'set the password again with "htpasswd -B"',
  );
}

/** Whether `verifyPassword` can check entries of this form. */
export function isSupportedHash(hash: string): boolean {
  return formats.some(({ pattern }) => pattern.test(hash));
}

function looksLike(hash: string): string {
  if (/^[./A-Za-z0-9]{13}$/.test(hash)) return 'traditional crypt ("htpasswd -d")';
  if (/^\$2[abxy]?\$|^\$(?:apr1|1|5|6)\$|^\{SHA\}/.test(hash)) return 'a damaged hash';
  return 'plain text ("htpasswd -p") or an unknown scheme';
}

/** Takes the same time wherever the first difference is. */
function equal(computed: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(computed), Buffer.from(expected));
}
