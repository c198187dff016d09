import type { AuthorizationProvider } from '../core/access-provider.ts';
import type { Settings } from '../core/config/define-config.ts';
import type { Config, Context, Directive } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { parseProvider, parseProviderAlias } from './require/added-providers.ts';
import {
  type AuthorizationValue,
  type Merging,
  combineAuthorization,
  mergeAuthorization,
  narrowAuthorization,
} from './require/authorization-value.ts';
import { requireAll, requireAny, requireNone } from './require/authorization.ts';
import { coreProviders } from './require/core-providers.ts';
import { access, authorize, isRequired } from './require/decide.ts';
import { block } from './require/require-block.ts';
import { parseRequire, refuseOutsideAll } from './require/require-line.ts';

/** What stands in `<RequireAll>` and its kin. */
export interface RequireBlock {
  readonly require?: string | readonly string[] | readonly (readonly string[])[];
  readonly requireAll?: RequireBlock | readonly RequireBlock[];
  readonly requireAny?: RequireBlock | readonly RequireBlock[];
  readonly requireNone?: RequireBlock | readonly RequireBlock[];
}

type RequireBlockDirective = Directive<RequireBlock | readonly RequireBlock[], AuthorizationValue | undefined>;

type ProviderAliasBlock = Settings & {
  readonly arguments: readonly [provider: string, alias: string, words?: string];
};

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Who may: `all granted`, `valid-user`, `user ann bob`, `ip 10.0.0.0/8`; of several, one must grant. */
    require: Directive<string | readonly string[] | readonly (readonly string[])[], AuthorizationValue | undefined>;
    /** Requirements of which none may refuse and one must grant. */
    requireAll: RequireBlockDirective;
    /** Requirements of which one must grant. */
    requireAny: RequireBlockDirective;
    /** Requirements of which none may grant. */
    requireNone: RequireBlockDirective;
    /** Whether this section's requirements replace those around it, or both or one of them must grant. */
    authMerging: Directive<Merging, AuthorizationValue | undefined>;
    /** Whether a known user who isn't admitted gets 403 instead of another 401. */
    authzSendForbiddenOnFailure: Directive<boolean>;
    /** An authorization provider of your own: its name for `Require`, and the file or the object itself. */
    authzProvider: Directive<readonly [name: string, provider: string | AuthorizationProvider], string>;
    /** A line of `Require` under a name of its own, with settings: `arguments` are provider, alias and the words behind it. */
    authzProviderAlias: Directive<ProviderAliasBlock | readonly ProviderAliasBlock[], string>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;
const server: readonly Context[] = ['server config'];

/** Authorization: who may see what, by address, user, or combinations. */
export const authzCore = definePlugin({
  name: 'authz_core',
  aliases: ['mod_authz_core', 'authz_core_module'],
  authorizationProviders: coreProviders,
  directives: {
    Require: {
      ...place,
      takes: 'any',
      usage: '[not] provider …',
      help: 'Who may: everybody, addresses, users; of several lines one must grant.',
      parse: (words, site) => ({ requirements: [parseRequire(words, site)], merging: undefined }),
      combine: combineAuthorization,
      merge: mergeAuthorization,
      narrow: narrowAuthorization,
    },
    RequireAll: block('Requirements of which none may refuse and one must grant.', (children, site) => {
      if (children.every((child) => child.isNegative)) {
        return site.fail(
          '<RequireAll> has only negative requirements, so it could never grant; add one that can, e.g. Require all granted',
        );
      }
      return requireAll(children);
    }),
    RequireAny: block('Requirements of which one must grant.', requireAny),
    RequireNone: block('Requirements of which none may grant.', (children, site) => {
      refuseOutsideAll(site, '<RequireNone>');
      return requireNone(children);
    }),
    AuthMerging: {
      ...place,
      takes: 'one',
      usage: 'Off | And | Or',
      help: "Whether a section's requirements replace those around it, or both or one of them must grant.",
      into: 'require',
      parse([word = ''], site) {
        const merging = (['Off', 'And', 'Or'] as const).find((known) => known.toLowerCase() === word.toLowerCase());
        if (merging === undefined) return site.fail(`AuthMerging is Off, And or Or, not "${word}"`);
        return { requirements: [], merging };
      },
    },
    AuthzSendForbiddenOnFailure: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: "Whether a known user who isn't admitted gets 403 instead of another 401.",
      default: false,
    },
    AuthzProvider: {
      contexts: server,
      takes: 'two',
      usage: 'name ./file.ts[::export]',
      help: 'An authorization provider of your own, for Require.',
      functions: true,
      parse: parseProvider,
    },
    AuthzProviderAlias: {
      contexts: server,
      takes: 'any',
      usage: 'provider alias "argument …"',
      help: 'Names a line of Require, together with settings of its own, e.g. another AuthGroupFile.',
      block: true,
      settings: true,
      parse: parseProviderAlias,
    },
  },
  phases: {
    access: {
      handler: access,
      when: (config: Config) => isRequired(config) || config.authType !== undefined,
    },
    authorize: { handler: authorize, when: isRequired },
  },
});
