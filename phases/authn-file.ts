import type { AuthenticationProvider } from '../core/access-provider.ts';
import type { Config } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { realmFileOf } from './authn/realm-file.ts';
import { PasswordFile } from './password-file.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The file of users and passwords, as `htpasswd` writes it, or `htdigest` for Digest. */
    authUserFile: Directive<string, PasswordFile | undefined>;
  }
}

/** The users of AuthUserFile. */
export const fileProvider: AuthenticationProvider = {
  checkPassword: (user, password, config) => fileOf(config).verify(user, password),
  realmHash: (user, realm, algorithm, config) => realmFileOf(fileOf(config)).find(user, realm, algorithm),
  revision: (config) => fileOf(config).revision,
};

/** Users and passwords in a text file. */
export const authnFile = definePlugin({
  name: 'authn_file',
  aliases: ['mod_authn_file', 'authn_file_module'],
  authenticationProviders: { file: fileProvider },
  directives: {
    AuthUserFile: {
      contexts: ['directory', '.htaccess'],
      override: 'AuthConfig',
      takes: 'one',
      usage: 'file',
      help: 'The file of users and passwords, as htpasswd writes it; for Digest as htdigest does.',
      parse: ([file = ''], site) => new PasswordFile(site.resolve(file)),
    },
  },
});

function fileOf({ authUserFile }: Config): PasswordFile {
  if (authUserFile === undefined) throw new Error('the provider file needs an AuthUserFile, but there is none');
  return authUserFile;
}
