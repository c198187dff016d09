import type { Context, Directive, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, OK } from '../core/verdict.ts';
import { withoutDotSegments } from './dot-segments.ts';
import { ownPort } from './own-url.ts';
import { type HostPattern, compileHostPattern } from './vhost-alias/host-pattern.ts';

/** A folder for every host. */
export interface VirtualFolder {
  /** What the host is called by: the name that was asked for, or the address that was connected to. */
  readonly by: 'name' | 'address';
  readonly pattern: HostPattern;
}

type VirtualFolderDirective = Directive<string, VirtualFolder | undefined>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The document root of every host, with parts of its name: `/srv/%0`; `none` for the fixed one. */
    virtualDocumentRoot: VirtualFolderDirective;
    /** The same by the server's address. */
    virtualDocumentRootIP: VirtualFolderDirective;
    /** The folder for the CGI scripts below /cgi-bin/ of every host. */
    virtualScriptAlias: VirtualFolderDirective;
    /** The same by the server's address. */
    virtualScriptAliasIP: VirtualFolderDirective;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];

/** Many hosts without a section for each: their folders are found by name or address. */
export const vhostAlias = definePlugin({
  name: 'vhost_alias',
  aliases: ['mod_vhost_alias', 'vhost_alias_module'],
  directives: {
    VirtualDocumentRoot: folderDirective('name', 'The document root of every host, with parts of the name asked for'),
    VirtualDocumentRootIP: {
      ...folderDirective('address', "The document root of every host, with parts of the server's address"),
      into: 'virtualDocumentRoot',
    },
    VirtualScriptAlias: folderDirective('name', 'The folder for what is below /cgi-bin/ of every host, by name'),
    VirtualScriptAliasIP: {
      ...folderDirective('address', 'The folder for what is below /cgi-bin/ of every host, by address'),
      into: 'virtualScriptAlias',
    },
  },
  phases: {
    translate: {
      after: ['alias', 'userdir'],
      handler: mapToHost,
      pure: true,
      when: (config) => (config.virtualDocumentRoot ?? config.virtualScriptAlias) !== undefined,
    },
  },
});

function folderDirective(by: VirtualFolder['by'], what: string): DirectiveDeclaration<VirtualFolder | undefined> {
  return {
    takes: 'one',
    usage: 'folder-with-specifiers | none',
    help: `${what}: %0 is all of it, %1 its first part, %-1 the last, %2+ the second and all behind it, %1.2 a letter; none takes an outer one back.`,
    contexts: servers,
    parse: ([path = ''], site) => (path.toLowerCase() === 'none' ? undefined : { by, pattern: parse(path, site) }),
  };
}

function parse(path: string, site: DirectiveSite): HostPattern {
  if (!path.startsWith('/'))
    return site.fail(`${site.name} takes a path that begins with a slash, or none, not "${path}"`);
  const pattern = compileHostPattern(path);
  if (typeof pattern !== 'number') return pattern;
  return site.fail(
    `${site.name} has no such specifier as "${path.slice(pattern - 1, pattern + 2)}" in column ${pattern} of "${path}"; write %0, %-2+, %1.2, %p or %%`,
  );
}

function mapToHost(r: RequestRecord): typeof OK | typeof DECLINED {
  const { virtualDocumentRoot, virtualScriptAlias } = r.config;
  const isScript = virtualScriptAlias !== undefined && r.uri.startsWith('/cgi-bin/');
  const folder = isScript ? virtualScriptAlias : virtualDocumentRoot;
  if (folder === undefined || !r.uri.startsWith('/')) return DECLINED;
  const name = folder.by === 'name' ? r.serverName : r.connection.localIp;
  const root = withoutDotSegments(folder.pattern(name, ownPort(r))).replace(/\/+$/, '');
  r.filename = root + (isScript ? r.uri.slice('/cgi-bin'.length) : r.uri);
  r.contextDocumentRoot = root;
  if (isScript) r.handler = 'cgi-script';
  return OK;
}
