import type { AuthorizationTest, RequireLine } from '../core/access-provider.ts';
import { whenReady } from '../core/expression/evaluated.ts';
import { definePlugin } from '../core/plugin.ts';
import { requestWords } from './authz/request-words.ts';

/** `Require user` and `Require valid-user`. */
export const authzUser = definePlugin({
  name: 'authz_user',
  aliases: ['mod_authz_user', 'authz_user_module'],
  authorizationProviders: {
    user: { usage: 'name …', needsUser: true, parse: parseUser },
    'valid-user': { usage: '', needsUser: true, parse: parseValidUser },
  },
});

function parseUser(words: readonly string[], line: RequireLine): AuthorizationTest {
  const names = requestWords(words, 'user', 'name; Require valid-user admits everybody known', line);
  return (r) => {
    const { user } = r;
    if (user === undefined) return 'noUser';
    return whenReady(names(r), (admitted) => (admitted.has(user) ? 'granted' : 'denied'));
  };
}

function parseValidUser(words: readonly string[]): AuthorizationTest {
  if (words.length > 0)
    throw new Error(`Require valid-user takes nothing more, not "${words.join(' ')}"; for names there is Require user`);
  return ({ user }) => (user === undefined ? 'noUser' : 'granted');
}
