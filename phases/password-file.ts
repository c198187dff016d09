import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../core/thrown.ts';
import { TurnMemory } from '../core/turn-memory.ts';
import { isSupportedHash, UnsupportedHashError, verifyPassword } from './password-hash.ts';
import { VerifiedPasswords } from './password/verified-passwords.ts';

export type PasswordVerdict = 'verified' | 'unknown user' | 'wrong password';

interface Entries {
  readonly hashes: ReadonlyMap<string, string>;
  /** What an unknown user's password is checked against, so that names can't be found out by the clock. */
  readonly decoy: string | undefined;
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/** Shared by all files: a digest says which hash it belongs to. */
const verified = new VerifiedPasswords();

/**
 * The users of an htpasswd file, which is read again when it has changed.
 *
 * @example
 * const staff = new PasswordFile('/etc/sluice/htpasswd', 'AuthUserFile');
 * if ((await staff.verify('alice', password)) === 'verified') r.user = 'alice';
 */
export class PasswordFile {
  readonly path: string;
  readonly #directive: string;
  /** Checks that have begun, so that a page's many requests share one. */
  readonly #running = new Map<string, Promise<PasswordVerdict>>();
  readonly #revision = new TurnMemory(() => this.#current());
  #entries: Entries | undefined;

  /** `directive` is the one that names the file, for messages. */
  constructor(path: string, directive = 'AuthUserFile') {
    this.path = path;
    this.#directive = directive;
  }

  /**
   * Changes when the file does; what was true of an equal revision is still true. The file is looked at once for all
   * requests that come in together. Throws where it can't be read.
   */
  get revision(): object {
    return this.#revision.value;
  }

  /**
   * Answers at once for a password that was right before. Throws where the file can't be read; rejects with
   * UnsupportedHashError where the user's entry can't be checked.
   */
  verify(user: string, password: string): PasswordVerdict | Promise<PasswordVerdict> {
    const { hashes, decoy } = this.#current();
    const hash = hashes.get(user);
    if (hash === undefined) return refuseUnknown(password, decoy);

    const digest = verified.digest(user, password, hash);
    if (verified.has(digest)) return 'verified';
    let check = this.#running.get(digest);
    if (check === undefined) {
      check = this.#check(user, password, hash, digest).finally(() => this.#running.delete(digest));
      this.#running.set(digest, check);
    }
    return check;
  }

  async #check(user: string, password: string, hash: string, digest: string): Promise<PasswordVerdict> {
    try {
      if (!(await verifyPassword(password, hash))) return 'wrong password';
    } catch (error) {
      throw new UnsupportedHashError(`${this.#directive} ${this.path}, user ${user}: ${messageOf(error)}`);
    }
    verified.add(digest);
    return 'verified';
  }

  #current(): Entries {
    try {
      const { mtimeMs, size, ino } = statSync(this.path);
      const known = this.#entries;
      if (known?.mtimeMs === mtimeMs && known.size === size && known.ino === ino) return known;
      const hashes = parse(readFileSync(this.path, 'utf8'));
      const decoy = [...hashes.values()].find(isSupportedHash);
      return (this.#entries = { hashes, decoy, mtimeMs, size, ino });
    } catch (error) {
      throw new Error(
        `${this.#directive} ${this.path}: expected a readable password file (${messageOf(error)}); ` +
          'make one with "htpasswd -B -c" or correct the path',
        { cause: error },
      );
    }
  }
}

async function refuseUnknown(password: string, decoy: string | undefined): Promise<PasswordVerdict> {
  if (decoy !== undefined) await verifyPassword(password, decoy);
  return 'unknown user';
}

/** `user:hash` lines; anything after a second colon is left out and the first line of a user counts, as in Apache. */
function parse(text: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [user, hash] = line.trim().split(':', 2);
    if (user === undefined || hash === undefined || user.startsWith('#') || hashes.has(user)) continue;
    hashes.set(user, hash);
  }
  return hashes;
}
