import { escapePath } from '../../core/escape-path.ts';
import { substituteGroups } from '../substitute-groups.ts';

/** A path of this server, or a URL with its scheme. */
export function isTarget(text: string): boolean {
  return /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(text);
}

/** A target as a header can say it: the path is escaped, query and fragment keep the escapes that they have. */
export function escapeTarget(text: string): string {
  return escapeParts(text, escapePath);
}

/** A target with `$1` in it. What a group matched is escaped, so that it can't begin a query or a fragment. */
export function compileTarget(template: string): (groups: readonly (string | undefined)[]) => string {
  const escaped = escapeParts(template, (path) =>
    path.replace(/\\(.)|[^\\]+/gs, (text, literal?: string) =>
      literal === undefined ? escapePath(text) : `\\${escapePath(literal)}`,
    ),
  );
  return (groups) =>
    substituteGroups(
      escaped,
      groups.map((group) => escapePath(group ?? '')),
    );
}

/** Adds the query that was asked with, unless the target has its own. */
export function withQuery(target: string, args: string | undefined): string {
  if (args === undefined || target.includes('?')) return target;
  const fragment = target.indexOf('#');
  return fragment < 0 ? `${target}?${args}` : `${target.slice(0, fragment)}?${args}${target.slice(fragment)}`;
}

function escapeParts(text: string, escape: (path: string) => string): string {
  const [, origin = '', path = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(text)!;
  return origin + escape(path) + encodeURI(rest).replaceAll('%25', '%');
}
