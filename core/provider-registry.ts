import type { AuthenticationProvider, AuthorizationProvider } from './access-provider.ts';
import type { Plugin } from './plugin.ts';

/** Who can be named where a config says who may: what plugins bring, and what the config itself adds. */
export class ProviderRegistry {
  readonly authentication = new Map<string, AuthenticationProvider>();
  readonly authorization = new Map<string, AuthorizationProvider>();
  /** Schemes for AuthType by their names in lower case. */
  readonly authenticationTypes = new Map<string, string>();

  /** Throws where another plugin brings a provider of the same name. */
  addPlugin({ authenticationProviders, authorizationProviders, authenticationTypes = [] }: Plugin): void {
    for (const [name, provider] of Object.entries(authenticationProviders ?? {})) {
      this.addAuthentication(name, provider);
    }
    for (const [name, provider] of Object.entries(authorizationProviders ?? {})) this.addAuthorization(name, provider);
    for (const type of authenticationTypes) this.authenticationTypes.set(type.toLowerCase(), type);
  }

  addAuthentication(name: string, provider: AuthenticationProvider): void {
    claim(this.authentication, 'authentication', name, provider);
  }

  addAuthorization(name: string, provider: AuthorizationProvider): void {
    claim(this.authorization, 'authorization', name, provider);
  }
}

function claim<T>(providers: Map<string, T>, kind: string, name: string, provider: T): void {
  if (providers.has(name)) throw new Error(`there are two ${kind} providers called ${name}; rename one of them`);
  providers.set(name, provider);
}
