import { definePlugin } from '../core/plugin.ts';
import { rewritingFilter } from './html-rewrite/html-rewriter.ts';
import { loadParser } from './html-rewrite/html-tokens.ts';
import { type RewriteRule, actionNames, parseRule } from './html-rewrite/parse-rule.ts';

type RuleLine =
  | readonly [selector: string, action: string]
  | readonly [selector: string, action: string, value: string]
  | readonly [selector: string, action: string, name: string, value: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What the filter HTML_REWRITE does with the elements that a selector means. */
    htmlRewrite: Directive<RuleLine | readonly RuleLine[], readonly RewriteRule[]>;
  }
}

/** Changes the elements of pages: the filter HTML_REWRITE. */
export const htmlRewrite = definePlugin({
  name: 'html_rewrite',
  aliases: ['mod_html_rewrite', 'html_rewrite_module'],
  directives: {
    HtmlRewrite: {
      takes: 'some',
      usage: `selector ${actionNames.join('|')} [name] [value]`,
      help: 'What HTML_REWRITE does with the elements of a page that a CSS selector means; values may have %{…} in them.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'FileInfo',
      default: [],
      defaultText: 'nothing',
      async parse(words, site) {
        const rule = parseRule(words, site);
        await loadParser();
        return [rule];
      },
      combine: (earlier, later) => [...earlier, ...later],
      merge: (outer, inner) => [...outer, ...inner],
    },
  },
  outputFilters: {
    HTML_REWRITE: rewritingFilter((r) => Promise.all(r.config.htmlRewrite.map((rule) => rule.rewritingFor(r)))),
  },
});
