import type { AuthenticationProvider } from '../../core/access-provider.ts';
import type { DirectiveDeclaration } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';

/** A provider that a config names. */
export interface NamedProvider {
  readonly name: string;
  readonly provider: AuthenticationProvider;
}

/** A directive that lists providers which can do `ability`. */
export function providerList(
  ability: 'checkPassword' | 'realmHash',
): Omit<DirectiveDeclaration<readonly NamedProvider[]>, 'parse'> &
  Required<Pick<DirectiveDeclaration<readonly NamedProvider[]>, 'parse'>> {
  return {
    contexts: ['directory', '.htaccess'],
    override: 'AuthConfig',
    takes: 'iterate',
    usage: 'provider …',
    help: 'Who knows the users; of several providers the next one is asked where one does not know a user.',
    parse([name = ''], site) {
      const { authentication } = site.providers;
      const provider = authentication.get(name);
      if (provider?.[ability] !== undefined) return [{ name, provider }];
      const known = [...authentication].filter(([, other]) => other[ability] !== undefined).map(([other]) => other);
      return site.fail(`${site.name} knows ${known.join(', ')}, not "${name}"${didYouMean(name, known)}`);
    },
    combine: (earlier, later) => [...earlier, ...later],
  };
}
