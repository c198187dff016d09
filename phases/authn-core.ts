import type { AuthenticationProvider } from '../core/access-provider.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import type { Settings } from '../core/config/define-config.ts';
import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { aliasOf, isAlias } from './authn/provider-alias.ts';
import { notInHeader } from './header-octets.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How users prove who they are; `None` takes an outer scheme back. */
    authType: Directive<string, string | undefined>;
    /** The realm: what a browser shows when it asks for the password. */
    authName: Directive<string, string | undefined>;
    /** An authentication provider of your own: its name, and the file or the object itself. */
    authnProvider: Directive<readonly [name: string, provider: string | AuthenticationProvider], string>;
    /** A provider under a name of its own, with settings of its own: `arguments` are the provider and the new name. */
    authnProviderAlias: Directive<ProviderAliasBlock | readonly ProviderAliasBlock[], string>;
  }
}

type ProviderAliasBlock = Settings & { readonly arguments: readonly [provider: string, alias: string] };

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;
const server: readonly Context[] = ['server config'];

/** What all schemes of authentication share. */
export const authnCore = definePlugin({
  name: 'authn_core',
  aliases: ['mod_authn_core', 'authn_core_module'],
  directives: {
    AuthType: {
      ...place,
      takes: 'one',
      usage: 'scheme | None',
      help: 'How users prove who they are; None takes an outer scheme back.',
      parse([scheme = ''], site) {
        if (scheme.toLowerCase() === 'none') return undefined;
        const types = site.providers.authenticationTypes;
        const known = [...types.values(), 'None'];
        return (
          types.get(scheme.toLowerCase()) ??
          site.fail(
            `AuthType is ${known.join(', ')} (an AuthenticateHandler needs none), not "${scheme}"${didYouMean(scheme, known)}`,
          )
        );
      },
    },
    AuthName: {
      ...place,
      takes: 'one',
      usage: 'realm',
      help: 'The realm: what a browser shows when it asks for the password.',
      parse([realm = ''], site) {
        if (notInHeader.test(realm)) return site.fail('AuthName is sent in a header, so it must be one line of text');
        return realm;
      },
    },
    AuthnProvider: {
      contexts: server,
      takes: 'two',
      usage: 'name ./file.ts[::export]',
      help: 'An authentication provider of your own, for AuthBasicProvider and its kin.',
      functions: true,
      async parse([name = ''], site) {
        const { value, name: origin } = await site.loadExport(site.args[1]!, 'authenticationProvider');
        if (!isProvider(value)) {
          return site.fail(`${origin} is no authentication provider: it needs a function checkPassword or realmHash`);
        }
        site.providers.addAuthentication(name, value);
        return name;
      },
    },
    AuthnProviderAlias: {
      contexts: server,
      takes: 'two',
      usage: 'provider alias',
      help: 'Names a provider together with settings of its own, e.g. another AuthUserFile.',
      block: true,
      settings: true,
      parse([provider = '', alias = ''], site) {
        const base = site.providers.authentication.get(provider);
        if (base === undefined) {
          const known = [...site.providers.authentication.keys()];
          return site.fail(`<AuthnProviderAlias> takes ${known.join(', ')}, not "${provider}"`);
        }
        if (isAlias(base)) return site.fail(`${provider} is an alias already; name the provider that it stands for`);
        site.providers.addAuthentication(alias, aliasOf(base, site.content!));
        return alias;
      },
    },
  },
});

function isProvider(value: unknown): value is AuthenticationProvider {
  if (typeof value !== 'object' || value === null) return false;
  const provider = value as AuthenticationProvider;
  return typeof provider.checkPassword === 'function' || typeof provider.realmHash === 'function';
}
