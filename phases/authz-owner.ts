import type { AuthorizationTest } from '../core/access-provider.ts';
import { definePlugin } from '../core/plugin.ts';
import { fileOwner } from './authz/file-names.ts';

/** `Require file-owner`: the user has the name of the system's user to whom the file belongs. */
export const authzOwner = definePlugin({
  name: 'authz_owner',
  aliases: ['mod_authz_owner', 'authz_owner_module'],
  authorizationProviders: {
    'file-owner': { usage: '', needsUser: true, parse: parseFileOwner },
  },
});

function parseFileOwner(words: readonly string[]): AuthorizationTest {
  if (words.length > 0) throw new Error(`Require file-owner takes nothing more, not "${words.join(' ')}"`);
  return (r) => {
    if (r.user === undefined) return 'noUser';
    return fileOwner(r) === r.user ? 'granted' : 'denied';
  };
}
