import type { Config } from '../core/config/directive.ts';
import type { Authorization, AuthorizationTest, RequireLine } from '../core/access-provider.ts';
import { whenReady } from '../core/expression/evaluated.ts';
import { definePlugin } from '../core/plugin.ts';
import { fileGroup } from './authz/file-names.ts';
import { GroupFile } from './authz/group-file.ts';
import { requestWords } from './authz/request-words.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The file of groups: lines such as `staff: ann bob`. */
    authGroupFile: Directive<string, GroupFile | undefined>;
  }
}

/** `Require group` and `Require file-group`, by a file of groups. */
export const authzGroupFile = definePlugin({
  name: 'authz_groupfile',
  aliases: ['mod_authz_groupfile', 'authz_groupfile_module'],
  authorizationProviders: {
    group: { usage: 'name …', needsUser: true, parse: parseGroup },
    'file-group': { usage: '', needsUser: true, parse: parseFileGroup },
  },
  directives: {
    AuthGroupFile: {
      contexts: ['directory', '.htaccess'],
      override: 'AuthConfig',
      takes: 'one',
      usage: 'file',
      help: 'The file of groups: lines such as "staff: ann bob".',
      parse: ([file = ''], site) => new GroupFile(site.resolve(file)),
    },
  },
});

function parseGroup(words: readonly string[], line: RequireLine): AuthorizationTest {
  const names = requestWords(words, 'group', 'name', line);
  return (r, config) => {
    const { user } = r;
    if (user === undefined) return 'noUser';
    const groups = groupsOf(user, config);
    return whenReady(names(r), (admitted): Authorization =>
      [...admitted].some((name) => groups.has(name)) ? 'granted' : 'denied',
    );
  };
}

function parseFileGroup(words: readonly string[]): AuthorizationTest {
  if (words.length > 0) throw new Error(`Require file-group takes nothing more, not "${words.join(' ')}"`);
  return (r, config) => {
    if (r.user === undefined) return 'noUser';
    const group = fileGroup(r);
    return group !== undefined && groupsOf(r.user, config).has(group) ? 'granted' : 'denied';
  };
}

function groupsOf(user: string, { authGroupFile }: Config): ReadonlySet<string> {
  if (authGroupFile === undefined) throw new Error('Require group needs an AuthGroupFile, but there is none');
  return authGroupFile.groupsOf(user);
}
