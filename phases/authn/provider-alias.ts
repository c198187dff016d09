import type { AuthenticationProvider } from '../../core/access-provider.ts';
import type { Scope } from '../../core/config/scope.ts';

const aliases = new WeakSet<AuthenticationProvider>();

export function isAlias(provider: AuthenticationProvider): boolean {
  return aliases.has(provider);
}

/** A provider that sees the request's config with `settings` laid over it. */
export function aliasOf(base: AuthenticationProvider, settings: Scope): AuthenticationProvider {
  const alias: AuthenticationProvider = {
    ...(base.checkPassword === undefined
      ? {}
      : {
          checkPassword: (user, password, _config, r) =>
            base.checkPassword!(user, password, r.plan.over(settings).config, r),
        }),
    ...(base.realmHash === undefined
      ? {}
      : {
          realmHash: (user, realm, algorithm, _config, r) =>
            base.realmHash!(user, realm, algorithm, r.plan.over(settings).config, r),
        }),
    ...(base.revision === undefined
      ? {}
      : { revision: (_config, r) => base.revision!(r.plan.over(settings).config, r) }),
  };
  aliases.add(alias);
  return alias;
}
