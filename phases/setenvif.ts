import type { Config, Context, Directive, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED } from '../core/verdict.ts';
import {
  type VariableRule,
  applyRules,
  matchAttribute,
  matchExpression,
  parseChange,
} from './setenvif/variable-rule.ts';
import { obeyInAnswer, obeyInErrorPage, obeySpecialVariables } from './special-variables.ts';

type RuleDirective = Directive<string | readonly string[] | readonly (readonly string[])[], readonly VariableRule[]>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Sets variables where an attribute of the request matches: `User-Agent bot is_bot`. */
    setEnvIf: RuleDirective;
    /** The same in either letter case. */
    setEnvIfNoCase: RuleDirective;
    /** Sets variables where a condition holds. */
    setEnvIfExpr: RuleDirective;
    /** Sets variables where the User-Agent matches. */
    browserMatch: RuleDirective;
    /** The same in either letter case. */
    browserMatchNoCase: RuleDirective;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Variables of the request's environment, by what the request is like. */
export const setEnvIf = definePlugin({
  name: 'setenvif',
  aliases: ['mod_setenvif', 'setenvif_module'],
  directives: {
    SetEnvIf: {
      ...ruleDirective(
        'attribute pattern',
        'Sets variables where an attribute, a header or an earlier variable matches.',
        ([attribute = '', pattern = '']) => matchAttribute(attribute, pattern, false),
      ),
      default: [],
    },
    SetEnvIfNoCase: {
      ...ruleDirective(
        'attribute pattern',
        'The same as SetEnvIf, in either letter case.',
        ([attribute = '', pattern = '']) => matchAttribute(attribute, pattern, true),
      ),
      into: 'setEnvIf',
    },
    SetEnvIfExpr: {
      ...ruleDirective('condition', 'Sets variables where a condition holds.', ([text = ''], site) =>
        matchExpression(text, site),
      ),
      into: 'setEnvIf',
    },
    BrowserMatch: {
      ...ruleDirective('pattern', 'Sets variables where the User-Agent matches.', ([pattern = '']) =>
        matchAttribute('User-Agent', pattern, false),
      ),
      into: 'setEnvIf',
    },
    BrowserMatchNoCase: {
      ...ruleDirective('pattern', 'The same as BrowserMatch, in either letter case.', ([pattern = '']) =>
        matchAttribute('User-Agent', pattern, true),
      ),
      into: 'setEnvIf',
    },
  },
  phases: {
    postReadRequest: {
      handler: setServerVariables,
      when: (config) => config.setEnvIf.some(({ atServer }) => atServer),
      pure: true,
    },
    headerParser: {
      handler: setSectionVariables,
      when: (config) => config.setEnvIf.some(({ atServer }) => !atServer),
      pure: true,
    },
  },
  insertFilters: { order: 'last', when: hasRules, insert: obeyInAnswer },
  insertErrorFilters: { order: 'last', when: hasRules, insert: obeyInErrorPage },
});

function hasRules(config: Config): boolean {
  return config.setEnvIf.length > 0;
}

/** `subject` names the words in front of the variables. */
function ruleDirective(
  subject: string,
  help: string,
  matcher: (words: readonly string[], site: DirectiveSite) => VariableRule['match'],
): DirectiveDeclaration<readonly VariableRule[]> {
  const count = subject.split(' ').length;
  const usage = `${subject} [!]NAME[=value] …`;
  return {
    takes: 'any',
    usage,
    help,
    contexts,
    override: 'FileInfo',
    parse(words, site: DirectiveSite) {
      if (words.length <= count) return site.fail(`${site.name} takes ${usage}, but was given "${words.join(' ')}"`);
      const atServer = site.context === 'server config' || site.context === 'virtual host';
      return [{ atServer, match: matcher(words, site), changes: words.slice(count).map(parseChange) }];
    },
    combine: (earlier, later) => [...earlier, ...later],
    merge: (outer, inner) => [...outer, ...inner],
  };
}

function setServerVariables(r: RequestRecord): typeof DECLINED | Promise<typeof DECLINED> {
  return setVariables(r, ({ atServer }) => atServer);
}

function setSectionVariables(r: RequestRecord): typeof DECLINED | Promise<typeof DECLINED> {
  return setVariables(r, ({ atServer }) => !atServer);
}

function setVariables(
  r: RequestRecord,
  isDue: (rule: VariableRule) => boolean,
): typeof DECLINED | Promise<typeof DECLINED> {
  const applied = applyRules(r, r.config.setEnvIf, isDue);
  const obey = (): typeof DECLINED => {
    obeySpecialVariables(r);
    return DECLINED;
  };
  return isThenable(applied) ? applied.then(obey) : obey();
}
