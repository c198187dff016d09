import type { Context, DirectiveDeclaration } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { compileRegularExpression } from '../core/regular-expression.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK } from '../core/verdict.ts';

/** One Alias or AliasMatch line. */
export interface AliasRule {
  /** The file for a path; undefined where the rule doesn't match. */
  map(uri: string): string | undefined;
  /** The URL prefix that the folder stands for; empty for a regular expression. */
  readonly prefix: string;
  /** Nothing outside of it is meant to be reached through this rule. */
  readonly folder: string;
}

type AliasInput = readonly [from: string | RegExp, to: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A URL path and the file or folder that it stands for. */
    alias: Directive<AliasInput | readonly AliasInput[], readonly AliasRule[]>;
    /** A regular expression for URL paths, and the file; `$1` is what the first group matched. */
    aliasMatch: Directive<AliasInput | readonly AliasInput[], readonly AliasRule[]>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];

const shared = {
  takes: 'two',
  contexts: servers,
  combine: (earlier, later) => [...earlier, ...later],
  // A virtual host's own lines are asked first, as in Apache.
  merge: (outer, inner) => [...inner, ...outer],
} satisfies Partial<DirectiveDeclaration<readonly AliasRule[]>>;

/** Maps parts of the URL space to files outside the document root; the first line that matches wins. */
export const alias = definePlugin({
  name: 'alias',
  aliases: ['mod_alias', 'alias_module'],
  directives: {
    Alias: {
      ...shared,
      usage: 'url-path file-path',
      help: 'The file or folder that a URL path, and everything below it, stands for.',
      default: [],
      parse: ([urlPath = '', path = ''], site) =>
        urlPath.startsWith('/')
          ? [prefixRule(urlPath, site.resolve(path))]
          : site.fail(`Alias takes a URL path that begins with a slash, not "${urlPath}"`),
    },
    AliasMatch: {
      ...shared,
      usage: 'regular-expression file-path',
      help: 'The file that URL paths matching a regular expression stand for; $1 to $9 are its groups, $0 is all it matched.',
      into: 'alias',
      parse: ([pattern = '', path = ''], site) => [
        expressionRule(compileRegularExpression(pattern), site.resolve(path)),
      ],
    },
  },
  phases: {
    translate: { handler: mapAliases, pure: true, when: (config) => config.alias.length > 0 },
  },
});

function mapAliases(r: RequestRecord): typeof OK | typeof DECLINED {
  for (const rule of r.config.alias) {
    const filename = rule.map(r.uri);
    if (filename === undefined) continue;
    r.filename = filename;
    r.contextPrefix = rule.prefix;
    r.contextDocumentRoot = rule.folder;
    return OK;
  }
  return DECLINED;
}

/** `/a` stands for itself and what is below it, `/a/` only for what is below; `/ab` is something else. */
function prefixRule(prefix: string, folder: string): AliasRule {
  const bare = prefix.replace(/\/+$/, '');
  const onlyBelow = bare !== prefix;
  const base = folder === '/' ? '' : folder;
  return {
    prefix,
    folder,
    map(uri) {
      if (!uri.startsWith(bare)) return undefined;
      const next = uri.charAt(bare.length);
      if (next !== '/' && (next !== '' || onlyBelow)) return undefined;
      return base + uri.slice(bare.length);
    },
  };
}

function expressionRule(expression: RegExp, target: string): AliasRule {
  const literal = target.replace(/\$\d.*$/s, '');
  return {
    prefix: '',
    folder: literal === target ? target : literal.slice(0, literal.lastIndexOf('/')) || '/',
    map(uri) {
      const found = expression.exec(uri);
      return found === null ? undefined : target.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
    },
  };
}
