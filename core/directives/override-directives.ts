import { type AllowOverride, allowOverride, allowOverrideList } from '../config/allow-override.ts';
import type { DirectiveDeclarations } from '../config/directive.ts';

declare module '../config/directive.ts' {
  interface Directives {
    /** The names under which folders keep their own config; the first one found counts. */
    accessFileName: Directive<string | readonly string[], readonly string[]>;
    /** The classes of directives that `.htaccess` files may use. */
    allowOverride: Directive<string, AllowOverride>;
    /** Single directives that `.htaccess` files may use. */
    allowOverrideList: Directive<string | readonly string[], ReadonlySet<string>>;
  }
}

export const overrideDirectives: DirectiveDeclarations = {
  AccessFileName: {
    takes: 'iterate',
    usage: 'name …',
    help: 'The names under which folders keep their own config; the first one found counts.',
    contexts: ['server config', 'virtual host'],
    default: ['.htaccess'],
    parse: ([name = ''], site) =>
      name.includes('/') ? site.fail(`AccessFileName takes the name of a file, not the path "${name}"`) : [name],
    combine: (earlier, later) => [...earlier, ...later],
  },
  AllowOverride: allowOverride,
  AllowOverrideList: allowOverrideList,
};
