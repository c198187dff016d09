import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import type { AuthorizationValue } from './authorization-value.ts';
import type { Requirement } from './authorization.ts';

/** A directive such as `<RequireAll>`, whose lines become one requirement. */
export function block(
  help: string,
  make: (children: readonly Requirement[], site: DirectiveSite) => Requirement,
): DirectiveDeclaration<AuthorizationValue | undefined> {
  return {
    contexts: ['directory', '.htaccess'],
    override: 'AuthConfig',
    takes: 'none',
    usage: '',
    help,
    block: true,
    into: 'require',
    parse(_words, site) {
      const children = site.children.flatMap(({ name, value }) => {
        if (!/^Require(?:All|Any|None)?$/.test(name)) {
          return site.fail(`<${site.name}> takes Require lines and blocks, not ${name}`);
        }
        return (value as AuthorizationValue).requirements;
      });
      if (children.length === 0) return site.fail(`<${site.name}> is empty; put at least one Require into it`);
      return { requirements: [make(children, site)], merging: undefined };
    },
  };
}
