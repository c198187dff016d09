import type { DirectiveSite } from '../../core/config/directive.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import type { ErrorStatus } from '../../core/verdict.ts';
import { isRedirectStatus, readStatus } from '../redirect-status.ts';
import { type RedirectRule, expressionRedirect, prefixRedirect, sectionRedirect } from './redirect-rule.ts';
import { isTarget } from './redirect-target.ts';

/** The lines of Redirect and its kin: those that are asked before the request is mapped, and those of sections, after it. */
export interface Redirects {
  readonly early: readonly RedirectRule[];
  readonly late: readonly RedirectRule[];
}

/** `[status] [path] [target]`; in a section the path may be left out, and `otherwise` is the status of lines without one. */
export function parseRedirect(words: readonly string[], otherwise: ErrorStatus, site: DirectiveSite): Redirects {
  const { status, rest } = takeStatus(words, otherwise, site);
  const isServer = isServerLine(site);
  const count = isRedirectStatus(status) ? 1 : 0;
  if (!isServer && rest.length === count) {
    const rule = sectionRedirect(status, rest[0] === undefined ? undefined : site.parseText(rest[0]));
    return { early: [rule], late: [rule] };
  }
  const [path = '', target] = checkCount(rest, count, status, site);
  if (!path.startsWith('/')) site.fail(`${site.name} takes a URL path that begins with a slash, not "${path}"`);
  if (target !== undefined && (!isTarget(target) || /^\/[/\\]/.test(target))) {
    site.fail(
      `${site.name} leads to a URL, or to a path of this server that begins with one slash, not to "${target}"`,
    );
  }
  return placed(prefixRedirect(path, status, target), isServer);
}

/** `[status] regular-expression [target]` */
export function parseRedirectMatch(words: readonly string[], site: DirectiveSite): Redirects {
  const { status, rest } = takeStatus(words, 302, site);
  const [pattern = '', target] = checkCount(rest, isRedirectStatus(status) ? 1 : 0, status, site);
  return placed(expressionRedirect(compileRegularExpression(pattern), status, target), isServerLine(site));
}

export function joinRedirects(first: Redirects, second: Redirects): Redirects {
  return { early: [...first.early, ...second.early], late: [...first.late, ...second.late] };
}

function isServerLine({ context }: DirectiveSite): boolean {
  return context === 'server config' || context === 'virtual host';
}

function placed(rule: RedirectRule, isServer: boolean): Redirects {
  return isServer ? { early: [rule], late: [] } : { early: [], late: [rule] };
}

function takeStatus(
  words: readonly string[],
  otherwise: ErrorStatus,
  site: DirectiveSite,
): { readonly status: ErrorStatus; readonly rest: readonly string[] } {
  const status = readStatus(words[0] ?? '');
  if (status === 'word') {
    if (words.length < 3) return { status: otherwise, rest: words };
    return site.fail(`the status is permanent, temp, seeother, gone or a number, not "${words[0]}"`);
  }
  if (status === undefined) {
    return site.fail(`${words[0]} is no status to answer with; it takes a redirect or an error of HTTP`);
  }
  return { status, rest: words.slice(1) };
}

/** A redirect leads somewhere, an error doesn't. */
function checkCount(
  rest: readonly string[],
  targets: number,
  status: ErrorStatus,
  site: DirectiveSite,
): readonly string[] {
  if (rest.length === 1 + targets) return rest;
  const needs = targets === 1 ? 'a path and a target' : 'a path and no target, for that is no redirect';
  return site.fail(`${site.name} with the status ${status} takes ${needs}, but is given "${rest.join(' ')}"`);
}
