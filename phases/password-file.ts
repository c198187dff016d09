import type { PasswordVerdict } from '../core/access-provider.ts';
import { messageOf } from '../core/thrown.ts';
import { TurnMemory } from '../core/turn-memory.ts';
import { ChangingFile } from './authn/changing-file.ts';
import { isSupportedHash, UnsupportedHashError, verifyPassword } from './password-hash.ts';
import { VerifiedPasswords } from './password/verified-passwords.ts';

interface Entries {
  readonly hashes: ReadonlyMap<string, string>;
  /** What an unknown user's password is checked against, so that names can't be found out by the clock. */
  readonly decoy: string | undefined;
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
  readonly #file: ChangingFile<Entries>;
  readonly #revision: TurnMemory<Entries>;

  /** `directive` is the one that names the file, for messages. */
  constructor(path: string, directive = 'AuthUserFile') {
    this.path = path;
    this.#directive = directive;
    this.#file = new ChangingFile(path, directive, parse, 'password file, such as "htpasswd -B -c" makes');
    this.#revision = new TurnMemory(() => this.#file.content);
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
    const { hashes, decoy } = this.#file.content;
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
}

async function refuseUnknown(password: string, decoy: string | undefined): Promise<PasswordVerdict> {
  if (decoy !== undefined) await verifyPassword(password, decoy);
  return 'unknown user';
}

/** `user:hash` lines; anything after a second colon is left out and the first line of a user counts, as in Apache. */
function parse(text: string): Entries {
  const hashes = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [user, hash] = line.trim().split(':', 2);
    if (user === undefined || hash === undefined || user.startsWith('#') || hashes.has(user)) continue;
    hashes.set(user, hash);
  }
  return { hashes, decoy: [...hashes.values()].find(isSupportedHash) };
}
