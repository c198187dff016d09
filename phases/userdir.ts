import { existsSync } from 'node:fs';
import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { HomeFolders } from './userdir/home-folder.ts';
import { type FindUserFolder, compileUserFolder } from './userdir/user-folder.ts';

/** Whose pages are served, and where they are. Names of users are in lower case, as Apache compares them. */
export interface UserDir {
  /** The places that are tried in order; undefined where no line says any. */
  readonly places: readonly FindUserFolder[] | undefined;
  /** Whether users are served that aren't named; undefined where no line says so. */
  readonly others: boolean | undefined;
  readonly enabled: ReadonlySet<string>;
  readonly disabled: ReadonlySet<string>;
}

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Where the pages of `/~user` are: `public_html`, a path or URL; or `disabled` and `enabled` with names. */
    userDir: Directive<string | readonly string[] | readonly (readonly string[])[], UserDir>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];
const nobody: ReadonlySet<string> = new Set();
const homes = new HomeFolders();

/** Users' own pages at `/~user`. */
export const userDir = definePlugin({
  name: 'userdir',
  aliases: ['mod_userdir', 'userdir_module'],
  directives: {
    UserDir: {
      takes: 'any',
      usage: 'folder-or-url … | disabled [user …] | enabled [user …]',
      help: "Where the pages of /~user are: a folder in the user's home, a path or URL with the name for the asterisk or behind it; disabled and enabled name users.",
      contexts: servers,
      default: { places: undefined, others: undefined, enabled: nobody, disabled: nobody },
      defaultText: 'none',
      parse: parseUserDir,
      combine: (earlier, later) => mergeUserDirs(earlier, later),
      merge: (outer, inner) => mergeUserDirs(outer, inner),
    },
  },
  phases: {
    translate: {
      after: ['alias'],
      handler: mapToUser,
      pure: true,
      when: (config) => config.userDir.places !== undefined,
    },
  },
});

function parseUserDir([first, ...rest]: readonly string[], site: DirectiveSite): UserDir {
  if (first === undefined || first === '')
    return site.fail('UserDir needs a folder, a URL, or one of the words disabled and enabled');
  const word = first.toLowerCase().replace(/d$/, '');
  const none = { places: undefined, others: undefined, enabled: nobody, disabled: nobody };
  if (word !== 'enable' && word !== 'disable') {
    return { ...none, places: [first, ...rest].map((place) => compileUserFolder(place, homes)) };
  }
  if (rest.length === 0) return { ...none, others: word === 'enable' };
  const names = new Set(rest.map((name) => name.toLowerCase()));
  return word === 'enable' ? { ...none, enabled: names } : { ...none, disabled: names };
}

function mergeUserDirs(outer: UserDir, inner: UserDir): UserDir {
  return {
    places: inner.places ?? outer.places,
    others: inner.others ?? outer.others,
    enabled: new Set([...outer.enabled, ...inner.enabled]),
    disabled: new Set([...outer.disabled, ...inner.disabled]),
  };
}

function mapToUser(r: RequestRecord): Verdict {
  if (!r.uri.startsWith('/~')) return DECLINED;
  const slash = r.uri.indexOf('/', 2);
  const user = r.uri.slice(2, slash < 0 ? undefined : slash);
  const rest = slash < 0 ? '' : r.uri.slice(slash);
  const { places = [], ...who } = r.config.userDir;
  if (user === '' || user === '.' || user === '..' || !isServed(user, who)) return DECLINED;
  for (const [index, find] of places.entries()) {
    const found = find(user);
    if (found === undefined) continue;
    if ('url' in found) return r.redirect(found.url + escapePath(rest) + (r.args === undefined ? '' : `?${r.args}`));
    if (index < places.length - 1 && !existsSync(found.folder)) continue;
    r.filename = found.folder + rest;
    r.contextPrefix = `/~${user}`;
    r.contextDocumentRoot = found.folder;
    return OK;
  }
  return DECLINED;
}

function isServed(user: string, { others, enabled, disabled }: Omit<UserDir, 'places'>): boolean {
  const name = user.toLowerCase();
  return !disabled.has(name) && (others !== false || enabled.has(name));
}
