import type { DigestAlgorithm } from '../../core/access-provider.ts';
import type { PasswordFile } from '../password-file.ts';
import { ChangingFile } from './changing-file.ts';

/** The users of a file as `htdigest` writes it, by realm. */
export interface RealmFile {
  /** The hash of `user:realm:password`; undefined where the file has none of this user, realm and algorithm. */
  find(user: string, realm: string, algorithm: DigestAlgorithm): string | undefined;
}

/** Digits in a hash: what tells an entry's algorithm. */
const digits: Readonly<Record<DigestAlgorithm, number>> = { MD5: 32, 'SHA-256': 64 };

const files = new WeakMap<PasswordFile, RealmFile>();

/** The file that AuthUserFile names, read as one of realms. */
export function realmFileOf(named: PasswordFile): RealmFile {
  let file = files.get(named);
  if (file === undefined) {
    const hashes = new ChangingFile(named.path, 'AuthUserFile', parse);
    file = {
      find: (user, realm, algorithm) =>
        hashes.content.get(keyOf(user, realm))?.find((hash) => hash.length === digits[algorithm]),
    };
    files.set(named, file);
  }
  return file;
}

/** `user:realm:hash` lines; a user may have one of each length. */
function parse(text: string): Map<string, string[]> {
  const hashes = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, user, realm, hash] = /^([^:#][^:]*):([^:]*):([0-9a-f]+)\s*$/i.exec(line) ?? [];
    if (user === undefined) continue;
    const key = keyOf(user, realm!);
    const known = hashes.get(key);
    if (known === undefined) hashes.set(key, [hash!.toLowerCase()]);
    else known.push(hash!.toLowerCase());
  }
  return hashes;
}

/** Neither a user nor a realm has a colon in the file. */
function keyOf(user: string, realm: string): string {
  return `${user}:${realm}`;
}
