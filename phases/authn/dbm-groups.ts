import type { AuthorizationProvider } from '../../core/access-provider.ts';
import { whenReady } from '../../core/expression/evaluated.ts';
import { requestWords } from '../authz/request-words.ts';

/** `Require dbm-group`: the user has one of the groups in the file of AuthDBMGroupFile. */
export const groupProvider: AuthorizationProvider = {
  usage: 'name …',
  needsUser: true,
  parse(words, line) {
    const names = requestWords(words, 'dbm-group', 'name', line);
    return (r, { authDBMGroupFile }) => {
      if (r.user === undefined) return 'noUser';
      if (authDBMGroupFile === undefined) throw new Error('Require dbm-group needs an AuthDBMGroupFile');
      // In a file of users the groups stand behind the hash.
      const groups = authDBMGroupFile.get(r.user)?.split(':').at(-1)?.split(',') ?? [];
      return whenReady(names(r), (admitted) => (groups.some((group) => admitted.has(group)) ? 'granted' : 'denied'));
    };
  },
};
