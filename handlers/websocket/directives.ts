import type { Context, DirectiveDeclarations, DirectiveSite } from '../../core/config/directive.ts';
import { parseNumber } from '../../core/directives/server-directives.ts';

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** Further origins whose pages may open WebSockets; `*` is any. */
    webSocketOrigin: Directive<string | readonly string[], readonly string[]>;
    /** Largest message in bytes; a client that sends a larger one is disconnected with 1009. */
    webSocketMaxMessage: Directive<number>;
    /** Seconds between pings; a client that answers none is disconnected. 0 sends none. */
    webSocketPingInterval: Directive<number>;
    /** Whether messages are compressed (permessage-deflate). */
    webSocketCompression: Directive<boolean>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory'];

export const webSocketDirectives: DirectiveDeclarations = {
  WebSocketOrigin: {
    takes: 'iterate',
    usage: 'origin …',
    help: 'Origins besides its own whose pages may open a WebSocket here, e.g. https://app.example; * is any.',
    contexts,
    default: [],
    parse: ([origin = ''], site) => [parseOrigin(origin, site)],
    combine: (earlier, later) => [...earlier, ...later],
  },
  WebSocketMaxMessage: {
    takes: 'one',
    usage: 'bytes',
    help: 'Largest message of a client; one that sends a larger one is disconnected with 1009, 0 is no limit.',
    contexts,
    default: 1_048_576,
    parse: ([bytes = ''], site) => parseNumber(bytes, site),
  },
  WebSocketPingInterval: {
    takes: 'one',
    usage: 'seconds',
    help: 'How often a client is asked for a sign of life; one that gives none is disconnected. 0 never asks.',
    contexts,
    default: 30,
    parse: ([seconds = ''], site) => parseNumber(seconds, site),
  },
  WebSocketCompression: {
    takes: 'flag',
    usage: 'On | Off',
    help: 'Whether messages are compressed for clients that offer it (permessage-deflate); costs memory and time.',
    contexts,
    default: false,
  },
};

function parseOrigin(origin: string, site: DirectiveSite): string {
  if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) return origin;
  return site.fail(
    `WebSocketOrigin takes origins such as https://app.example:8443, without a path, or *, not "${origin}"`,
  );
}
