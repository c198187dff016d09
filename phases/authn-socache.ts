import type { AuthenticationProvider } from '../core/access-provider.ts';
import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { isRemembered } from './authn/remembered-passwords.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The providers whose answers the provider `socache` remembers. */
    authnCacheProvideFor: Directive<string | readonly string[], readonly string[]>;
    /** Seconds for which it remembers them. */
    authnCacheTimeout: Directive<number, number>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;

const socache: AuthenticationProvider = {
  checkPassword: (user, password, config) => (isRemembered(config, user, password) ? 'verified' : 'unknown user'),
};

/** Remembers for a while which passwords were right, so that slow providers are asked less often. */
export const authnSocache = definePlugin({
  name: 'authn_socache',
  aliases: ['mod_authn_socache', 'authn_socache_module'],
  authenticationProviders: { socache },
  foreignNames: {
    directives: {
      AuthnCacheContext: { reason: 'each section has a memory of its own', harmless: true },
      AuthnCacheEnable: { reason: 'AuthnCacheProvideFor is enough', harmless: true },
      AuthnCacheSOCache: { reason: 'answers are remembered in the process', harmless: true },
    },
    modules: {},
  },
  directives: {
    AuthnCacheProvideFor: {
      ...place,
      takes: 'iterate',
      usage: 'provider …',
      help: 'The providers whose answers the provider socache, which is listed before them, remembers.',
      default: [],
      parse([name = ''], site) {
        if (site.providers.authentication.has(name)) return [name];
        const known = [...site.providers.authentication.keys()];
        return site.fail(`AuthnCacheProvideFor takes ${known.join(', ')}, not "${name}"`);
      },
      combine: (earlier, later) => [...earlier, ...later],
    },
    AuthnCacheTimeout: {
      ...place,
      takes: 'one',
      usage: 'seconds',
      help: 'Seconds for which the provider socache remembers an answer.',
      default: 300,
      parse([seconds = ''], site) {
        if (/^[1-9]\d{0,6}$/.test(seconds)) return Number(seconds);
        return site.fail(`AuthnCacheTimeout is a number of seconds above 0, not "${seconds}"`);
      },
    },
  },
});
