import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { type AccessRules, combineRules, narrowRules, noRules } from './access-compat/access-rules.ts';
import { checkAddress } from './access-compat/check-address.ts';
import { parseOrder } from './access-compat/order.ts';
import { parseOrigin } from './access-compat/origin.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Which of Allow and Deny has the last word, and what holds where neither matches. */
    order: Directive<'allow,deny' | 'deny,allow' | 'mutual-failure', AccessRules | undefined>;
    /** Who is let in: `from all`, `from 10.1 .example.org`, `from env=name`. */
    allow: Directive<string | readonly string[] | readonly (readonly string[])[], AccessRules | undefined>;
    /** Who is kept out, in the form of Allow. */
    deny: Directive<string | readonly string[] | readonly (readonly string[])[], AccessRules | undefined>;
    /** Whether both the place a client comes from and its user must be right, or either. */
    satisfy: Directive<'All' | 'Any', AccessRules | undefined>;
  }
}

const directories: readonly Context[] = ['directory', '.htaccess'];

/** Order, Allow, Deny and Satisfy, as configs for Apache 2.2 have them; an inner section's replace all outer ones. */
export const accessCompat = definePlugin({
  name: 'access_compat',
  aliases: ['mod_access_compat', 'access_compat_module'],
  directives: {
    Order: {
      contexts: directories,
      override: 'Limit',
      takes: 'one',
      usage: 'allow,deny | deny,allow | mutual-failure',
      help: 'Which of Allow and Deny has the last word, and what holds where neither matches.',
      parse: ([word = ''], site) => ({ ...noRules, orders: [{ value: parseOrder(word, site) }] }),
      combine: combineRules,
      narrow: narrowRules,
    },
    Allow: {
      contexts: directories,
      override: 'Limit',
      takes: 'iterate2',
      usage: 'from all | host … | env=[!]variable …',
      help: 'Who is let in.',
      into: 'order',
      parse: (words, site) => ({ ...noRules, allows: [{ value: parseOrigin(words, site) }] }),
      combine: combineRules,
    },
    Deny: {
      contexts: directories,
      override: 'Limit',
      takes: 'iterate2',
      usage: 'from all | host … | env=[!]variable …',
      help: 'Who is kept out.',
      into: 'order',
      parse: (words, site) => ({ ...noRules, denies: [{ value: parseOrigin(words, site) }] }),
      combine: combineRules,
    },
    Satisfy: {
      contexts: directories,
      override: 'AuthConfig',
      takes: 'one',
      usage: 'All | Any',
      help: 'Whether both the place a client comes from and its user must be right, or either.',
      into: 'order',
      parse([word = ''], site) {
        if (!/^(?:all|any)$/i.test(word)) return site.fail(`Satisfy is All or Any, not "${word}"`);
        return { ...noRules, satisfies: [{ value: word.toLowerCase() === 'any' ? 'any' : 'all' }] };
      },
    },
  },
  phases: {
    access: { handler: checkAddress, when: ({ order }) => order !== undefined, before: ['authz_core'] },
  },
});
