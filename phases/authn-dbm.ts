import type { AuthenticationProvider } from '../core/access-provider.ts';
import type { Config, Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { groupProvider } from './authn/dbm-groups.ts';
import { type KeyFile, openKeyFile } from './authn/lmdb-file.ts';
import { isSupportedHash, verifyPassword } from './password-hash.ts';
import { VerifiedPasswords } from './password/verified-passwords.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A file of lmdb with users and password hashes, as in a text file; needs the package lmdb. */
    authDBMUserFile: Directive<string, KeyFile | undefined>;
    /** A file of lmdb with users and their groups, as `staff,others`; needs the package lmdb. */
    authDBMGroupFile: Directive<string, KeyFile | undefined>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;

const verified = new VerifiedPasswords();

const dbm: AuthenticationProvider = {
  async checkPassword(user, password, config) {
    const file = fileOf(config);
    // Behind a second colon come groups, where one file has both.
    const hash = file.get(user)?.split(':', 1)[0];
    if (hash === undefined) {
      const decoy = file.first()?.split(':', 1)[0];
      if (decoy !== undefined && isSupportedHash(decoy)) await verifyPassword(password, decoy);
      return 'unknown user';
    }
    const digest = verified.digest(user, password, hash);
    if (verified.has(digest)) return 'verified';
    if (!(await verifyPassword(password, hash))) return 'wrong password';
    verified.add(digest);
    return 'verified';
  },
};

/** Users, and groups for `Require dbm-group`, in files with an index: for more of them than one wants to read at once. */
export const authnDbm = definePlugin({
  name: 'authn_dbm',
  aliases: ['mod_authn_dbm', 'authn_dbm_module', 'mod_authz_dbm', 'authz_dbm_module'],
  authenticationProviders: { dbm },
  foreignNames: {
    directives: {
      AuthDBMType: { reason: 'the files are those of lmdb', harmless: true },
      AuthzDBMType: { reason: 'the files are those of lmdb', harmless: true },
    },
    modules: {},
  },
  authorizationProviders: { 'dbm-group': groupProvider },
  directives: {
    AuthDBMUserFile: {
      ...place,
      takes: 'one',
      usage: 'file',
      help: 'A file of lmdb with users and password hashes, as in a text file; needs the package lmdb.',
      parse: ([file = ''], site) => openKeyFile(site.resolve(file)),
    },
    AuthDBMGroupFile: {
      ...place,
      takes: 'one',
      usage: 'file',
      help: 'A file of lmdb with users and their groups, as "staff,others"; needs the package lmdb.',
      parse: ([file = ''], site) => openKeyFile(site.resolve(file)),
    },
  },
});

function fileOf({ authDBMUserFile }: Config): KeyFile {
  if (authDBMUserFile === undefined) throw new Error('the provider dbm needs an AuthDBMUserFile, but there is none');
  return authDBMUserFile;
}
