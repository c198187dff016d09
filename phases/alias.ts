import type { Context, Directive, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import type { Evaluated } from '../core/expression/evaluated.ts';
import { definePlugin } from '../core/plugin.ts';
import { compileRegularExpression } from '../core/regular-expression.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, type ErrorStatus, OK, type Verdict } from '../core/verdict.ts';
import { type AliasRule, expressionRule, prefixRule, sectionRule } from './alias/alias-rule.ts';
import { type Redirects, joinRedirects, parseRedirect, parseRedirectMatch } from './alias/redirect-directive.ts';
import type { RedirectRule } from './alias/redirect-rule.ts';

type AliasInput = readonly [from: string | RegExp, to: string];
type AliasDirective = Directive<string | AliasInput | readonly AliasInput[], readonly AliasRule[]>;
type AliasMatchDirective = Directive<AliasInput | readonly AliasInput[], readonly AliasRule[]>;

type RedirectInput = readonly [first: string | number | RegExp, second: string | RegExp, to?: string];
type RedirectDirective = Directive<string | RedirectInput | readonly RedirectInput[], Redirects>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A URL path and the file or folder that it stands for; in a Location only the latter. */
    alias: AliasDirective;
    /** A regular expression for URL paths, and the file; `$1` is what the first group matched. */
    aliasMatch: AliasMatchDirective;
    /** As alias, for a folder of CGI scripts. */
    scriptAlias: AliasDirective;
    /** As aliasMatch, for CGI scripts. */
    scriptAliasMatch: AliasMatchDirective;
    /** Whether an alias in a Location stands for a folder, with what follows the location's path below it. */
    aliasPreservePath: Directive<boolean>;
    /** `[status] path target`: sends clients elsewhere, or answers with an error. */
    redirect: RedirectDirective;
    /** `[status] expression target`; `$1` in the target is what the first group matched. */
    redirectMatch: RedirectDirective;
    /** As redirect with the status 302. */
    redirectTemp: RedirectDirective;
    /** As redirect with the status 301. */
    redirectPermanent: RedirectDirective;
    /** Whether a redirect to a path of this server says the path only, or a whole URL. */
    redirectRelative: Directive<boolean, boolean | undefined>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];
const sections: readonly Context[] = ['server config', 'virtual host', 'directory'];
const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

const aliasLines = {
  combine: (earlier, later) => [...earlier, ...later],
  // A virtual host's own lines are asked first, as in Apache.
  merge: (outer, inner) => [...inner, ...outer],
} satisfies Partial<DirectiveDeclaration<readonly AliasRule[]>>;

const redirectLines = {
  contexts: everywhere,
  override: 'FileInfo',
  combine: joinRedirects,
  merge: (outer, inner) => joinRedirects(inner, outer),
} satisfies Partial<DirectiveDeclaration<Redirects>>;

/** Maps parts of the URL space to files outside the document root, or to other URLs; the first line that matches wins. */
export const alias = definePlugin({
  name: 'alias',
  aliases: ['mod_alias', 'alias_module'],
  directives: {
    Alias: {
      ...aliasLines,
      takes: 'oneOrTwo',
      usage: '[url-path] file-path',
      help: 'The file or folder that a URL path, and everything below it, stands for; in a Location the path is left out.',
      contexts: sections,
      default: [],
      parse: (words, site) => [parseAlias(words, site, undefined)],
    },
    AliasMatch: {
      ...aliasLines,
      takes: 'two',
      usage: 'regular-expression file-path',
      help: 'The file that URL paths matching a regular expression stand for; $1 to $9 are its groups, $0 is all it matched.',
      contexts: servers,
      into: 'alias',
      parse: (words, site) => [parseAliasMatch(words, site, undefined)],
    },
    ScriptAlias: {
      ...aliasLines,
      takes: 'oneOrTwo',
      usage: '[url-path] file-path',
      help: 'As Alias, for CGI scripts: what it maps is given to the handler cgi-script, and never shown.',
      contexts: sections,
      into: 'alias',
      parse: (words, site) => [parseAlias(words, site, 'cgi-script')],
    },
    ScriptAliasMatch: {
      ...aliasLines,
      takes: 'two',
      usage: 'regular-expression file-path',
      help: 'As AliasMatch, for CGI scripts.',
      contexts: servers,
      into: 'alias',
      parse: (words, site) => [parseAliasMatch(words, site, 'cgi-script')],
    },
    AliasPreservePath: {
      takes: 'flag',
      usage: 'On | Off',
      help: "Whether an Alias in a Location stands for a folder, and what follows the location's path for a file below it.",
      contexts: sections,
      default: false,
    },
    Redirect: {
      ...redirectLines,
      takes: 'oneToThree',
      usage: '[status] [url-path] [target]',
      help: 'Sends clients from a URL path, and everything below it, to another URL, or answers with an error status; in a section the path may be left out, and the target is an expression.',
      default: { early: [], late: [] },
      defaultText: 'none',
      parse: (words, site) => parseRedirect(words, 302, site),
    },
    RedirectMatch: {
      ...redirectLines,
      takes: 'twoOrThree',
      usage: '[status] regular-expression [target]',
      help: 'Sends clients from URL paths that a regular expression matches to another URL; $1 to $9 are its groups, $0 is all it matched.',
      into: 'redirect',
      parse: parseRedirectMatch,
    },
    RedirectTemp: {
      ...redirectLines,
      takes: 'two',
      usage: 'url-path target',
      help: 'As Redirect with the status 302.',
      into: 'redirect',
      parse: (words, site) => parseRedirect(['temp', ...words], 302, site),
    },
    RedirectPermanent: {
      ...redirectLines,
      takes: 'two',
      usage: 'url-path target',
      help: 'As Redirect with the status 301.',
      into: 'redirect',
      parse: (words, site) => parseRedirect(['permanent', ...words], 301, site),
    },
    RedirectRelative: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a redirect to a path of this server says the path only, or a whole URL; without it, only UseCanonicalName makes it a whole one.',
      contexts: everywhere,
      override: 'FileInfo',
    },
  },
  phases: {
    translate: {
      handler: mapRequest,
      pure: true,
      when: ({ alias: lines, redirect }) => lines.length > 0 || redirect.early.length > 0,
    },
    fixup: { handler: redirectLate, pure: true, when: ({ redirect }) => redirect.late.length > 0 },
  },
});

function parseAlias([first = '', second]: readonly string[], site: DirectiveSite, handler?: string): AliasRule {
  if (site.context === 'directory') {
    if (second !== undefined) site.fail(`${site.name} takes only a file in a section, for the section says the path`);
    if (!urlSections.has(site.section?.name ?? '')) {
      site.fail(`${site.name} is not allowed in <${site.section?.name}>, for a folder is known by then`);
    }
    return sectionRule(site.parseText(first), (file) => site.resolve(file), plainLocation(site), handler);
  }
  if (second === undefined) return site.fail(`${site.name} takes a URL path and a file outside of sections`);
  if (!first.startsWith('/')) site.fail(`${site.name} takes a URL path that begins with a slash, not "${first}"`);
  return prefixRule(first, site.resolve(second), handler);
}

function parseAliasMatch(
  [pattern = '', path = '']: readonly string[],
  site: DirectiveSite,
  handler?: string,
): AliasRule {
  return expressionRule(compileRegularExpression(pattern), site.resolve(path), handler);
}

const urlSections: ReadonlySet<string> = new Set(['Location', 'LocationMatch', 'Route']);

/** The path of the Location around, where it is one without a pattern. */
function plainLocation({ section }: DirectiveSite): string | undefined {
  const path = section?.args[0];
  return section?.name === 'Location' && typeof path === 'string' && /^\/[^*?[]*$/.test(path)
    ? path.replace(/\/$/, '')
    : undefined;
}

/** Redirects are asked before aliases, wherever they stand. */
function mapRequest(r: RequestRecord): Evaluated<Verdict> {
  // `OPTIONS *` asks about the server.
  if (!r.uri.startsWith('/')) return DECLINED;
  const status = firstAnswer(r, r.config.redirect.early, 0);
  if (isThenable(status)) return status.then((settled) => settled ?? mapToFile(r, r.config.alias, 0));
  return status ?? mapToFile(r, r.config.alias, 0);
}

function redirectLate(r: RequestRecord): Evaluated<Verdict> {
  const status = firstAnswer(r, r.config.redirect.late, 0);
  return isThenable(status) ? status.then((settled) => settled ?? DECLINED) : (status ?? DECLINED);
}

function firstAnswer(
  r: RequestRecord,
  rules: readonly RedirectRule[],
  from: number,
): Evaluated<ErrorStatus | undefined> {
  for (let at = from; at < rules.length; at++) {
    const status = rules[at]!.answer(r);
    if (status === undefined) continue;
    if (typeof status === 'number') return status;
    return status.then((settled) => settled ?? firstAnswer(r, rules, at + 1));
  }
  return undefined;
}

function mapToFile(r: RequestRecord, rules: readonly AliasRule[], from: number): Evaluated<Verdict> {
  for (let at = from; at < rules.length; at++) {
    const fits = rules[at]!.apply(r);
    if (fits === false) continue;
    if (fits === true) return OK;
    return fits.then((settled) => (settled ? OK : mapToFile(r, rules, at + 1)));
  }
  return DECLINED;
}
