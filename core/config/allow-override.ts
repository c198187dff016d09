import { didYouMean } from './nearest-name.ts';
import type { AllowedOverride, DirectiveDeclaration, OverrideClass } from './directive.ts';

/** What each class of AllowOverride lets an `.htaccess` file do. */
export const overrideClasses: Readonly<Record<OverrideClass, string>> = {
  AuthConfig: 'say who may see the folder: AuthType, AuthName, Require and their kin',
  FileInfo: 'choose types, handlers, filters, headers, error pages and environment variables',
  Indexes: 'choose and format the index of the folder',
  Limit: 'restrict by host and method',
  Options: 'use Options and the features that it switches',
};

/** `AllowOverride`: its value leaves out what AllowOverrideList says. */
export type AllowOverride = Omit<AllowedOverride, 'directives'>;

export const allowOverride: DirectiveDeclaration<AllowOverride> = {
  takes: 'some',
  usage: 'All | None | class …',
  help: 'The classes of directives that .htaccess files below this folder may use.',
  contexts: ['directory'],
  parse: (args, site) => parseAllowOverride(args, (message) => site.fail(message)),
  default: { classes: new Set(), options: undefined, nonfatal: new Set() },
  defaultText: 'None',
};

export const allowOverrideList: DirectiveDeclaration<ReadonlySet<string>> = {
  takes: 'some',
  usage: 'None | directive …',
  help: 'Single directives that .htaccess files below this folder may use.',
  contexts: ['directory'],
  parse: (args) => new Set(args.map((name) => name.toLowerCase()).filter((name) => name !== 'none')),
  default: new Set(),
};

const classNames = Object.keys(overrideClasses) as OverrideClass[];
const nonfatalKinds: ReadonlyMap<string, readonly ('override' | 'unknown')[]> = new Map([
  ['override', ['override']],
  ['unknown', ['unknown']],
  ['all', ['override', 'unknown']],
]);

function parseAllowOverride(args: readonly string[], fail: (message: string) => never): AllowOverride {
  const classes = new Set<OverrideClass>();
  const nonfatal = new Set<'override' | 'unknown'>();
  let options: Set<string> | undefined;
  for (const argument of args) {
    const [name = '', list] = argument.split('=', 2);
    const lowerCaseName = name.toLowerCase();
    const known = classNames.find((className) => className.toLowerCase() === lowerCaseName);
    if (lowerCaseName === 'nonfatal') {
      const kinds = nonfatalKinds.get(list?.toLowerCase() ?? '');
      if (kinds === undefined) fail(`Nonfatal must be Override, Unknown or All, but is "${list ?? ''}"`);
      for (const kind of kinds) nonfatal.add(kind);
    } else if (lowerCaseName === 'all') {
      for (const className of classNames) classes.add(className);
    } else if (known !== undefined) {
      classes.add(known);
      if (known === 'Options' && list !== undefined) options = new Set(list.toLowerCase().split(','));
    } else if (lowerCaseName !== 'none') {
      fail(`there is no class ${name} of directives${didYouMean(name, ['All', 'None', 'Nonfatal', ...classNames])}`);
    }
  }
  return { classes, options, nonfatal };
}
