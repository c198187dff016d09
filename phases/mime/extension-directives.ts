import type { Context, DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import {
  type ExtensionDimension,
  type ExtensionInfo,
  type MimeMap,
  combineMimeMaps,
  mergeMimeMaps,
} from '../mime-map.ts';

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

const mapDirective = {
  contexts: everywhere,
  override: 'FileInfo',
  combine: combineMimeMaps,
  merge: mergeMimeMaps,
} satisfies Partial<DirectiveDeclaration<MimeMap>>;

/** A directive that says what extensions mean: `AddType text/html .htm .html`. Values have no letter case, as in Apache. */
export function addDirective(
  what: string,
  help: string,
  info: (value: string, site: DirectiveSite) => ExtensionInfo,
): DirectiveDeclaration<MimeMap> {
  return {
    ...mapDirective,
    takes: 'iterate2',
    usage: `${what} extension …`,
    help,
    parse: ([value = '', extension = ''], site) => new Map([[extensionKey(extension, site), info(value, site)]]),
  };
}

/** A directive that takes away what extensions mean, in this section and from outside: `RemoveType .htm`. */
export function removeDirective(what: string, dimension: ExtensionDimension): DirectiveDeclaration<MimeMap> {
  return {
    ...mapDirective,
    into: 'addType',
    takes: 'iterate',
    usage: 'extension …',
    help: `Takes ${what} from the extensions.`,
    parse: ([extension = ''], site) => new Map([[extensionKey(extension, site), { [dimension]: null }]]),
  };
}

function extensionKey(extension: string, site: DirectiveSite): string {
  const key = extension.replace(/^\./, '').toLowerCase();
  if (key === '' || key.includes('.') || key.includes('/')) {
    site.fail(`${site.name} takes extensions such as .html, one by one, not "${extension}"`);
  }
  return key;
}
