import type { Config, Context, Directive, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { type Requirement, requireAll, requireAny, requireNot } from './require/authorization.ts';
import { authorizationProviders } from './require/providers.ts';

/** What stands in `<RequireAll>` and its kin. */
export interface RequireBlock {
  readonly require?: string | readonly string[] | readonly (readonly string[])[];
  readonly requireAll?: RequireBlock | readonly RequireBlock[];
  readonly requireAny?: RequireBlock | readonly RequireBlock[];
  readonly requireNone?: RequireBlock | readonly RequireBlock[];
}

type RequireBlockDirective = Directive<RequireBlock | readonly RequireBlock[], readonly Requirement[] | undefined>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Who may: `all granted`, `valid-user`, `user ann bob`, `ip 10.0.0.0/8`; of several, one must grant. */
    require: Directive<string | readonly string[] | readonly (readonly string[])[], readonly Requirement[] | undefined>;
    /** Requirements of which none may refuse and one must grant. */
    requireAll: RequireBlockDirective;
    /** Requirements of which one must grant. */
    requireAny: RequireBlockDirective;
    /** Requirements of which none may grant. */
    requireNone: RequireBlockDirective;
    /** Whether a known user who isn't admitted gets 403 instead of another 401. */
    authzSendForbiddenOnFailure: Directive<boolean>;
  }
}

const inSections: readonly Context[] = ['directory', '.htaccess'];
const place = { contexts: inSections, override: 'AuthConfig' } as const;

/** Authorization: who may see what, by address, user, or combinations. An inner section's tree replaces an outer one. */
export const authzCore = definePlugin({
  name: 'authz_core',
  aliases: [
    'mod_authz_core',
    'authz_core_module',
    'mod_authz_host',
    'authz_host_module',
    'mod_authz_user',
    'authz_user_module',
  ],
  directives: {
    Require: {
      ...place,
      takes: 'any',
      usage: `[not] ${[...authorizationProviders.keys()].join(' | ')} …`,
      help: 'Who may: everybody, addresses, users; of several lines one must grant.',
      parse: (words, site) => [parseRequire(words, site)],
      combine: (earlier = [], later = []) => [...earlier, ...later],
    },
    RequireAll: block('Requirements of which none may refuse and one must grant.', (children, site) => {
      if (children.every((child) => child.isNegative)) {
        return site.fail(
          '<RequireAll> has only negative requirements, so it could never grant; add one that can, e.g. Require all granted',
        );
      }
      return requireAll(textOf('all', children), children);
    }),
    RequireAny: block('Requirements of which one must grant.', (children) =>
      requireAny(textOf('any', children), children),
    ),
    RequireNone: block('Requirements of which none may grant.', (children, site) => {
      refuseOutsideAll(site, '<RequireNone>');
      const text = textOf('none', children);
      return requireNot(text, requireAny(text, children));
    }),
    AuthzSendForbiddenOnFailure: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: "Whether a known user who isn't admitted gets 403 instead of another 401.",
      default: false,
    },
  },
  phases: {
    access: {
      handler: access,
      when: ({ require, authType }: Config) => require !== undefined || authType !== undefined,
    },
    authorize: { handler: authorize, when: (config) => config.require !== undefined },
  },
});

function parseRequire(words: readonly string[], site: DirectiveSite): Requirement {
  const isNegative = words[0]?.toLowerCase() === 'not';
  const [name = '', ...rest] = isNegative ? words.slice(1) : words;
  const provider = authorizationProviders.get(name);
  if (provider === undefined) {
    const known = [...authorizationProviders.keys()];
    return site.fail(`Require takes ${known.join(', ')}, not "${name}"${didYouMean(name, known)}`);
  }
  const text = [name, ...rest].join(' ');
  const requirement = { text, mayNeedUser: provider.needsUser, isNegative, test: provider.parse(rest) };
  if (!isNegative) return requirement;
  refuseOutsideAll(site, 'Require not');
  return requireNot(`not ${text}`, requirement);
}

/** Where one grant is enough, something that never grants has no effect. */
function refuseOutsideAll(site: DirectiveSite, what: string): void {
  if (site.section?.name === 'RequireAll') return;
  site.fail(`${what} can only refuse, so it has no effect here; put it into <RequireAll> together with what grants`);
}

function block(
  help: string,
  make: (children: readonly Requirement[], site: DirectiveSite) => Requirement,
): DirectiveDeclaration<readonly Requirement[] | undefined> {
  return {
    ...place,
    takes: 'none',
    usage: '',
    help,
    block: true,
    into: 'require',
    parse(_words, site) {
      const children = site.children.flatMap(({ name, value }) => {
        if (!/^Require(?:All|Any|None)?$/.test(name))
          return site.fail(`<${site.name}> takes Require lines and blocks, not ${name}`);
        return value as readonly Requirement[];
      });
      if (children.length === 0) return site.fail(`<${site.name}> is empty; put at least one Require into it`);
      return [make(children, site)];
    },
  };
}

function textOf(name: string, children: readonly Requirement[]): string {
  return `${name}(${children.map(({ text }) => text).join(', ')})`;
}

const trees = new WeakMap<readonly Requirement[], Requirement>();

/** The lines of a section as one tree: without a block around them one grant is enough. */
function treeOf(requirements: readonly Requirement[]): Requirement {
  let tree = trees.get(requirements);
  if (tree === undefined) {
    tree = requirements.length === 1 ? requirements[0]! : requireAny(textOf('any', requirements), requirements);
    trees.set(requirements, tree);
  }
  return tree;
}

/** Before anybody is known: granted, refused, or only to be decided with a user. */
function access(r: RequestRecord): Verdict {
  const { require, authType } = r.config;
  if (require === undefined) {
    // With an AuthenticateHandler, `Require valid-user` is implied.
    if (r.plan.hasAuthenticateHandler) return DECLINED;
    r.log(`AuthType ${authType} without a Require: nobody is let in; add one, e.g. Require valid-user`, 'error');
    return 500;
  }
  const tree = treeOf(require);
  switch (tree.test(r)) {
    case 'granted':
      // Where no user could have been asked for, a declared AuthenticateHandler still has its turn.
      if (tree.mayNeedUser) r.authenticationRequired ??= false;
      return OK;
    case 'noUser':
      r.authenticationRequired = true;
      return OK;
    default:
      r.log(`the client is refused by Require ${tree.text}: ${r.uri}`, 'error');
      return 403;
  }
}

/** The same question again, now that it is known who asks. */
function authorize(r: RequestRecord): Verdict {
  const tree = treeOf(r.config.require!);
  const answer = tree.test(r);
  if (answer === 'granted') return OK;
  const who = r.user === undefined ? 'a client whom nobody knows' : `user ${r.user}`;
  r.log(`${who} is refused by Require ${tree.text}: ${r.uri}`, 'error');
  if (answer === 'noUser') return 401;
  return r.config.authType === undefined || r.config.authzSendForbiddenOnFailure ? 403 : 401;
}
