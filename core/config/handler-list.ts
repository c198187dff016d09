import { basename } from 'node:path';

import { configKey } from './config-key.ts';
import type { Context, DirectiveDeclaration, DirectiveSite, LoadedHandler } from './directive.ts';
import type { Argument } from './tree.ts';

/** The handlers that a phase directive stacks: for all files, or only for those of an extension. */
export interface HandlerList {
  readonly handlers: readonly LoadedHandler[];
  /** By `.ext`; such a list is used instead of `handlers`, not with it. */
  readonly byExtension: ReadonlyMap<string, readonly LoadedHandler[]>;
}

/** What a TypeScript config may give to a phase directive. */
export type HandlerListInput<H extends (subject: never) => unknown> = string | H | readonly (string | H)[];

/**
 * Declares the directive that stacks handlers on a phase: `Name handler … [| .ext …]`.
 *
 * @example handlerListDirective('FixupHandler', { help: 'Last changes before content.' });
 */
export function handlerListDirective(
  name: string,
  {
    help,
    serverOnly = false,
  }: { readonly help: string; /** For phases that know no file yet. */ readonly serverOnly?: boolean },
): DirectiveDeclaration<HandlerList> {
  return {
    takes: 'any',
    usage: serverOnly ? 'handler …' : 'handler … [| .ext …]',
    help,
    functions: true,
    ...(serverOnly
      ? { contexts: serverContexts }
      : { contexts: [...serverContexts, 'directory', '.htaccess'], override: 'FileInfo' }),
    parse: (_args, site) => parseHandlerList(configKey(name), serverOnly, site),
    combine: appendLists,
    merge: (outer, inner) =>
      inner.handlers.length > 0
        ? inner
        : { ...outer, byExtension: new Map([...outer.byExtension, ...inner.byExtension]) },
  };
}

/** The handlers for a file: those of its extension, else the unrestricted ones. */
export function handlersFor(list: HandlerList, filename: string): readonly LoadedHandler[] {
  if (list.byExtension.size === 0) return list.handlers;
  return list.byExtension.get(extensionOf(filename)) ?? list.handlers;
}

/** Everything from the first dot of the last path element on: `.tar.gz`, not `.gz`. */
export function extensionOf(filename: string): string {
  const name = basename(filename);
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot);
}

const serverContexts: readonly Context[] = ['server config', 'virtual host'];

async function parseHandlerList(key: string, serverOnly: boolean, site: DirectiveSite): Promise<HandlerList> {
  const bar = site.args.indexOf('|');
  const named: readonly Argument[] = bar === -1 ? site.args : site.args.slice(0, bar);
  if (named.length === 0) site.fail(`${site.name} needs at least one handler, as in ${site.name} ./file.ts::name`);
  const handlers: LoadedHandler[] = [];
  for (const argument of named) handlers.push(await site.loadHandler(argument, key));
  if (bar === -1) return { handlers, byExtension: new Map() };
  if (serverOnly) site.fail(`${site.name} can't be restricted by "|": no file is known in its phase`);
  const extensions = site.args.slice(bar + 1);
  const wrong = extensions.find((extension) => typeof extension !== 'string' || !/^\.[^/]/.test(extension));
  if (wrong !== undefined || extensions.length === 0) {
    site.fail(`after "|" come extensions with their dot, as in ${site.name} ./file.ts | .html .md`);
  }
  return { handlers: [], byExtension: new Map(extensions.map((extension) => [extension as string, handlers])) };
}

function appendLists(earlier: HandlerList, later: HandlerList): HandlerList {
  const byExtension = new Map(earlier.byExtension);
  for (const [extension, handlers] of later.byExtension) {
    byExtension.set(extension, [...(byExtension.get(extension) ?? []), ...handlers]);
  }
  return { handlers: [...earlier.handlers, ...later.handlers], byExtension };
}
