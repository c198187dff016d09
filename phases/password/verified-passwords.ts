import { createHmac, createSecretKey, randomBytes } from 'node:crypto';

/**
 * Remembers which passwords were right, so that a slow hash costs once and not with every request. Keeps no password,
 * only keyed digests, and the key dies with the process.
 */
export class VerifiedPasswords {
  readonly #key = createSecretKey(randomBytes(32));
  readonly #limit: number;
  /** The oldest first. */
  readonly #digests = new Set<string>();

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  has(digest: string): boolean {
    return this.#digests.has(digest);
  }

  add(digest: string): void {
    this.#digests.add(digest);
    if (this.#digests.size > this.#limit) this.#digests.delete(this.#digests.values().next().value!);
  }

  /** What stands for a user, a password and the hash that it was checked against. */
  digest(user: string, password: string, hash: string): string {
    return createHmac('sha256', this.#key).update(`${hash}\0${user}\0${password}`).digest('base64');
  }
}
