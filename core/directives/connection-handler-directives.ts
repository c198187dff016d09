import type {
  Context,
  DirectiveDeclaration,
  DirectiveDeclarations,
  DirectiveSite,
  LoadedHandler,
} from '../config/directive.ts';
import type { HandlerListInput } from '../config/handler-list.ts';
import type { NameKind } from '../config/name-book.ts';
import type { Argument, Position } from '../config/tree.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import type { ConnectionHandler } from '../handler.ts';
import type { Verdict } from '../verdict.ts';
import { filterNames } from './filter-directives.ts';

declare module '../config/directive.ts' {
  interface Directives {
    /** Who may keep a new connection instead of HTTP: a file or function, or the name of a plugin's connection handler. */
    connectionHandler: Directive<HandlerListInput<ConnectionHandler>, readonly LoadedHandler[]>;
    /** The filters of everything that comes in on connections here, `A;B`; the last one is the nearest to the network. */
    setConnectionInputFilter: Directive<string, readonly ConnectionFilterUse[]>;
    /** The filters of everything that goes out on connections here, `A;B`; the last one is the nearest to the network. */
    setConnectionOutputFilter: Directive<string, readonly ConnectionFilterUse[]>;
  }
}

/** A filter that the config puts on connections, and the line that does. */
export interface ConnectionFilterUse {
  readonly name: string;
  readonly directive: string;
  readonly at: Position;
}

const servers: readonly Context[] = ['server config', 'virtual host'];

export const connectionHandlerDirectives: DirectiveDeclarations = {
  ConnectionHandler: {
    takes: 'some',
    usage: 'handler …',
    help: 'Handlers of the phase connection, asked in order until one keeps the connection; without one, HTTP gets it.',
    contexts: servers,
    functions: true,
    default: [],
    parse: (_args, site) => Promise.all(site.args.map((argument) => findHandler(argument, site))),
    combine: (earlier, later) => [...earlier, ...later],
  },
  SetConnectionInputFilter: filters(
    'The filters of everything that comes in on connections here, TLS taken off; the last one is the nearest to the network.',
    'input filter',
  ),
  SetConnectionOutputFilter: filters(
    'The filters of everything that goes out on connections here, before TLS; the last one is the nearest to the network.',
    'output filter',
  ),
};

/** A plain word is the name of a plugin's connection handler. */
async function findHandler(argument: Argument, site: DirectiveSite): Promise<LoadedHandler> {
  if (typeof argument !== 'string' || !/^[\w-]+$/.test(argument))
    return site.loadHandler(argument, 'connectionHandler');
  site.useName(argument, 'connection handler');
  const key = argument.toLowerCase();
  const call = (connection: ConnectionRecord): Verdict | Promise<Verdict> =>
    connection.server.connectionHandlers.get(key)!.handler(connection);
  return { name: argument, call };
}

function filters(help: string, kind: NameKind): DirectiveDeclaration<readonly ConnectionFilterUse[]> {
  return {
    takes: 'one',
    usage: 'filter[;filter…] | None',
    help,
    contexts: servers,
    default: [],
    parse([names = ''], site) {
      if (names.toLowerCase() === 'none') return [];
      const at = { file: site.file, line: site.line };
      return filterNames(names, kind, site).map((name) => ({ name, directive: site.name, at }));
    },
  };
}
