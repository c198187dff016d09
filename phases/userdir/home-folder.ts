import { readFileSync, statSync } from 'node:fs';
import { codeOf } from '../../core/thrown.ts';

/**
 * Looks home folders up in the system's list of users, which is read again when it has changed. Node can't ask for users
 * of other kinds, such as those of a directory service.
 */
export class HomeFolders {
  readonly #file: string;
  #modified = 0;
  #folders: ReadonlyMap<string, string> = new Map();

  constructor(file = '/etc/passwd') {
    this.#file = file;
  }

  /** The home folder of a user; undefined where there is no such user. */
  find(user: string): string | undefined {
    const modified = modifiedAt(this.#file);
    if (modified !== this.#modified) {
      this.#modified = modified;
      this.#folders = modified === 0 ? new Map() : readHomeFolders(readFileSync(this.#file, 'utf8'));
    }
    return this.#folders.get(user);
  }
}

/** Takes the folders out of a list of users; each line is `name:password:uid:gid:comment:folder:shell`. */
export function readHomeFolders(list: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const line of list.split('\n')) {
    const [name = '', , , , , folder = ''] = line.split(':');
    if (name !== '' && folder.startsWith('/') && !folders.has(name)) folders.set(name, folder);
  }
  return folders;
}

function modifiedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
