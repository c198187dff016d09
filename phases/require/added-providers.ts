import type { AuthorizationProvider, AuthorizationTest } from '../../core/access-provider.ts';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { splitWords } from '../../core/config/words.ts';
import { parseTest } from './require-line.ts';

/** AuthzProvider: a provider from a file, or given in the config. */
export async function parseProvider([name = '']: readonly string[], site: DirectiveSite): Promise<string> {
  const { value, name: origin } = await site.loadExport(site.args[1]!, 'authorizationProvider');
  if (typeof value !== 'object' || value === null || typeof (value as AuthorizationProvider).parse !== 'function') {
    return site.fail(`${origin} is no authorization provider: it needs a function parse`);
  }
  site.providers.addAuthorization(name, value as AuthorizationProvider);
  return name;
}

/** AuthzProviderAlias: a line of Require that sees settings of its own. */
export function parseProviderAlias(
  [provider = '', alias, text = '', ...more]: readonly string[],
  site: DirectiveSite,
): string {
  if (alias === undefined) return site.fail('<AuthzProviderAlias> needs a provider and the alias for it');
  // Apache takes the first word only; that would admit others than the line says.
  if (more.length > 0) return site.fail(`<AuthzProviderAlias> takes what follows ${alias} in one pair of quotes`);
  const { needsUser, test } = parseTest(provider, splitWords(text), text, site);
  const settings = site.content!;
  const aliased: AuthorizationTest = (r) => test(r, r.plan.over(settings).config);
  site.providers.addAuthorization(alias, {
    usage: '',
    needsUser,
    parse(further) {
      if (further.length > 0) throw new Error(`Require ${alias} takes nothing more, not "${further.join(' ')}"`);
      return aliased;
    },
  });
  return alias;
}
