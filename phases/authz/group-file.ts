import { ChangingFile } from '../authn/changing-file.ts';

/** Which users are in which groups, as the file of AuthGroupFile says. */
export class GroupFile {
  readonly #file: ChangingFile<ReadonlyMap<string, ReadonlySet<string>>>;

  constructor(path: string) {
    this.#file = new ChangingFile(path, 'AuthGroupFile', parse);
  }

  /** Throws where the file can't be read. */
  groupsOf(user: string): ReadonlySet<string> {
    return this.#file.content.get(user) ?? none;
  }
}

const none: ReadonlySet<string> = new Set();

/** `group: user user …` lines, turned round: a user's groups. */
function parse(text: string): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0 || line.startsWith('#')) continue;
    const group = line.slice(0, colon).trim();
    for (const user of line.slice(colon + 1).split(/\s+/)) {
      if (user === '') continue;
      const known = groups.get(user);
      if (known === undefined) groups.set(user, new Set([group]));
      else known.add(group);
    }
  }
  return groups;
}
