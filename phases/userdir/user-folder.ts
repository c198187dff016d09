import type { HomeFolders } from './home-folder.ts';

/** Where a user's pages are: in a folder, or at a URL. */
export type UserFolder = { readonly folder: string } | { readonly url: string };

/** Finds it; undefined where there is no such user. */
export type FindUserFolder = (user: string) => UserFolder | undefined;

/**
 * One word of UserDir: a path or URL with an asterisk for the user's name, `/srv/users` or `https://host/users` with the
 * name behind it, or a folder in the user's home.
 */
export function compileUserFolder(pattern: string, homes: HomeFolders): FindUserFolder {
  const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(pattern);
  if (!isUrl && !pattern.startsWith('/')) {
    return (user) => {
      const home = homes.find(user);
      return home === undefined ? undefined : { folder: `${home}/${pattern}` };
    };
  }
  const [before, after = ''] = pattern.includes('*') ? splitOnce(pattern) : [`${pattern.replace(/\/$/, '')}/`];
  return (user) => (isUrl ? { url: before + encodeURIComponent(user) + after } : { folder: before + user + after });
}

function splitOnce(pattern: string): readonly [string, string] {
  const at = pattern.indexOf('*');
  return [pattern.slice(0, at), pattern.slice(at + 1)];
}
