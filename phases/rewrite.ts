import { resolve } from 'node:path';
import type { Config, Context, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import { definePlugin } from '../core/plugin.ts';
import { applyFolderRules, finishRewriting, redirect } from './rewrite/folder-rules.ts';
import { redirectHandler } from './rewrite/redirect-handler.ts';
import { parseRewriteMap } from './rewrite/parse-map.ts';
import {
  type RewriteConfig,
  type RewriteOption,
  type RuleSet,
  addLine,
  emptyRuleSet,
  inherit,
} from './rewrite/rewrite-config.ts';
import { parseRewriteCondition } from './rewrite/rewrite-condition.ts';
import { parseRewriteRule } from './rewrite/rewrite-rule.ts';
import { applyServerRules } from './rewrite/server-rules.ts';

type RuleInput = string | readonly string[] | readonly (readonly string[])[];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether rules are applied. */
    rewriteEngine: Directive<boolean, RewriteConfig>;
    /** How rules are inherited, and what they are applied to. */
    rewriteOptions: Directive<string | readonly string[], RewriteConfig>;
    /** The URL path of the folder that rules stand in. */
    rewriteBase: Directive<string, RewriteConfig>;
    /** A table that rules look keys up in: `users txt:./users.txt`. */
    rewriteMap: Directive<readonly string[] | readonly (readonly string[])[], RewriteConfig>;
    /** What must hold for the next rule: `['%{HTTP_HOST}', '^www\\.', '[NC]']`. */
    rewriteCond: Directive<RuleInput, RewriteConfig>;
    /** A pattern, what becomes of a URL path that it matches, and flags: `['^/old/(.*)$', '/new/$1', '[R=301,L]']`. */
    rewriteRule: Directive<RuleInput, RewriteConfig>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];
const everywhere: readonly Context[] = [...servers, 'directory', '.htaccess'];

const line = {
  contexts: everywhere,
  override: 'FileInfo',
  into: 'rewriteRule',
} satisfies Partial<DirectiveDeclaration<RewriteConfig>>;

const ruleUsage = 'pattern substitution [flags]';
const conditionUsage = 'test-string condition [flags]';

/** Maps URLs by rules: regular expressions with conditions, at server level and per folder. */
export const rewrite = definePlugin({
  name: 'rewrite',
  aliases: ['mod_rewrite', 'rewrite_module'],
  directives: {
    RewriteEngine: {
      ...line,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether rewrite rules are applied.',
      parse: ([answer = ''], site) => atBoth(site, { engine: answer.toLowerCase() === 'on' }),
    },
    RewriteOptions: {
      ...line,
      takes: 'iterate',
      usage: 'option …',
      help: 'How rules are inherited (Inherit, InheritBefore, InheritDown, InheritDownBefore, IgnoreInherit, MergeBase), and what they are applied to (AllowNoSlash, AllowAnyURI, IgnoreContextInfo).',
      parse: ([word = ''], site) => atBoth(site, { options: new Set([readOption(word, site)]) }),
      combine: addLine,
    },
    RewriteBase: {
      ...line,
      contexts: ['directory', '.htaccess'],
      takes: 'one',
      usage: 'url-path',
      help: 'The URL path that stands for the folder of the rules in what they make.',
      parse: ([path = ''], site) =>
        path.startsWith('/')
          ? here(site, { base: path })
          : site.fail(`RewriteBase takes a URL path that begins with a slash, not "${path}"`),
    },
    RewriteMap: {
      ...line,
      contexts: servers,
      takes: 'twoOrThree',
      usage: 'name txt:file | rnd:file | int:function | prg:program',
      help: 'A table that rules look keys up in with ${name:key|default}.',
      parse: (words, site) => here(site, { maps: new Map([[words[0]!, parseRewriteMap(words, site)]]) }),
    },
    RewriteCond: {
      ...line,
      takes: 'any',
      usage: conditionUsage,
      help: 'What must hold, besides its pattern, for the next RewriteRule to be applied.',
      parse: (words, site) => here(site, { waiting: [parseRewriteCondition(words, conditionUsage, site)] }),
    },
    RewriteRule: {
      contexts: everywhere,
      override: 'FileInfo',
      takes: 'any',
      usage: ruleUsage,
      help: 'What becomes of the URL paths that a regular expression matches: another path, a file, a redirect or a refusal.',
      default: { server: undefined, folder: undefined },
      defaultText: 'none',
      parse: (words, site) => here(site, { rules: [parseRewriteRule(words, ruleUsage, site)] }),
      combine: addLine,
      merge: inherit,
    },
  },
  phases: {
    translate: { order: 'first', handler: applyServerRules, when: hasServerRules },
    fixup: [
      { order: 'first', handler: applyFolderRules, when: hasFolderRules },
      {
        order: 'last',
        after: ['dir'],
        handler: finishRewriting,
        when: (config) => hasServerRules(config) || hasFolderRules(config),
      },
    ],
  },
  handlers: { [redirectHandler]: redirect },
  setup({ config }) {
    const { server } = config.rewriteRule;
    if (server?.engine === true) for (const map of server.maps.values()) map.start?.();
  },
  close({ config }) {
    for (const map of config.rewriteRule.server?.maps.values() ?? []) map.stop?.();
  },
});

/** In Apache the folder's word decides here too: `RewriteEngine Off` in a Location spares it the server's rules. */
function hasServerRules({ rewriteRule: { server, folder } }: Config): boolean {
  return folder?.engine === true && server !== undefined && server.rules.length > 0;
}

function hasFolderRules({ rewriteRule: { folder } }: Config): boolean {
  return folder?.engine === true && folder.prefix !== undefined && folder.rules.length > 0;
}

/** What a line says about the place that it stands in. */
function here(site: DirectiveSite, said: Partial<RuleSet>): RewriteConfig {
  const set: RuleSet = { ...emptyRuleSet, ...said };
  if (!servers.includes(site.context)) return { server: undefined, folder: { ...set, prefix: prefixOf(site) } };
  return { server: { ...set, isVirtual: site.context === 'virtual host' }, folder: undefined };
}

/** The same for a line that, at server level, is about the folders too. */
function atBoth(site: DirectiveSite, said: Partial<RuleSet>): RewriteConfig {
  const config = here(site, said);
  return config.server === undefined ? config : { ...config, folder: { ...emptyRuleSet, ...said } };
}

/** What is taken off a path before patterns are tried: the folder, or whatever the section's argument is. */
function prefixOf({ section, folder }: DirectiveSite): string {
  const last = section?.args.at(-1);
  const argument = typeof last === 'string' ? last : folder;
  const path = section?.name === 'Directory' && section.args[0] !== '~' ? resolve(folder, argument) : argument;
  return path.replace(/\/?$/, '/');
}

const optionSpellings: readonly string[] = [
  'Inherit',
  'InheritBefore',
  'InheritDown',
  'InheritDownBefore',
  'IgnoreInherit',
  'AllowNoSlash',
  'AllowAnyURI',
  'MergeBase',
  'IgnoreContextInfo',
  'LegacyPrefixDocRoot',
  // Asks Apache for less memory in long loops; there is nothing to do for it here.
  'LongURLOptimization',
];
const options: ReadonlySet<string> = new Set(optionSpellings.map((spelling) => spelling.toLowerCase()));

function readOption(word: string, site: DirectiveSite): RewriteOption {
  const name = word.toLowerCase();
  return options.has(name)
    ? (name as RewriteOption)
    : site.fail(`RewriteOptions knows no "${word}"${didYouMean(word, optionSpellings)}`);
}
