import type { Context, Directive, DirectiveDeclarations, LoadedHandler } from '../config/directive.ts';
import { configKey } from '../config/config-key.ts';
import { type HandlerList, type HandlerListInput, handlerListDirective } from '../config/handler-list.ts';
import type { ContentHandler, FailsafeHandler, Handler } from '../handler.ts';
import { handlerDirective, phases } from '../phases.ts';

type HandlerDirective<H extends (subject: never) => unknown> = Directive<HandlerListInput<H>, HandlerList | undefined>;

declare module '../config/directive.ts' {
  interface Directives {
    /** Runs once per request, as early as its context allows. */
    initHandler: HandlerDirective<Handler>;
    postReadRequestHandler: HandlerDirective<Handler>;
    translateHandler: HandlerDirective<Handler>;
    mapToStorageHandler: HandlerDirective<Handler>;
    headerParserHandler: HandlerDirective<Handler>;
    accessHandler: HandlerDirective<Handler>;
    /** OK must have set `r.user`. */
    authenticateHandler: HandlerDirective<Handler>;
    authorizeHandler: HandlerDirective<Handler>;
    typeHandler: HandlerDirective<Handler>;
    fixupHandler: HandlerDirective<Handler>;
    /** Answers with the response body, or a verdict. */
    contentHandler: HandlerDirective<ContentHandler>;
    logHandler: HandlerDirective<FailsafeHandler>;
    cleanupHandler: HandlerDirective<FailsafeHandler>;
    /** Modules whose exports are taken as handlers by their names, e.g. `accessHandler`. */
    handlerModule: Directive<string | readonly string[], readonly HandlerModule[]>;
    /** The named handler that makes the content here. */
    setHandler: Directive<string, string | undefined>;
  }
}

/** A module that HandlerModule names, with the handlers found in it by config key. */
export interface HandlerModule {
  readonly name: string;
  readonly handlers: ReadonlyMap<string, LoadedHandler>;
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

const initHelp =
  'Handlers that run once per request, as early as their context allows: before postReadRequest or headerParser.';

const phaseDirectives = Object.fromEntries(
  (['init', ...phases.map(({ name }) => name)] as const).map((phase) => {
    const help = phase === 'init' ? initHelp : `Handlers of the phase ${phase}, asked in order.`;
    const serverOnly = phase === 'postReadRequest' || phase === 'translate';
    return [handlerDirective(phase), handlerListDirective(handlerDirective(phase), { help, serverOnly })] as const;
  }),
);

export const handlerDirectives: DirectiveDeclarations = {
  ...phaseDirectives,
  HandlerModule: {
    takes: 'iterate',
    usage: 'module …',
    help: 'Modules whose exports, named like accessHandler or contentHandler, are handlers of those phases.',
    contexts: everywhere,
    override: 'FileInfo',
    default: [],
    async parse([specifier = ''], site) {
      const keys = Object.keys(phaseDirectives).map(configKey);
      return [{ name: specifier, handlers: await site.loadHandlers(specifier, keys) }];
    },
    combine: (earlier, later) => [...earlier, ...later],
  },
  SetHandler: {
    takes: 'one',
    usage: 'handler-name | None',
    help: 'The named handler that makes the content here; None takes an outer one back.',
    contexts: everywhere,
    override: 'FileInfo',
    parse: ([name = '']) => (name.toLowerCase() === 'none' ? undefined : name),
  },
};
