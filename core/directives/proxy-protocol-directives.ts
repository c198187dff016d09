import type { DirectiveDeclarations } from '../config/directive.ts';
import { type IpRange, parseIpRange } from '../ip-range.ts';

const answers = ['On', 'Off', 'Optional'] as const;

type ProxyProtocolUse = (typeof answers)[number];

declare module '../config/directive.ts' {
  interface Directives {
    /** Whether proxies say by the PROXY protocol who is behind them; `Optional` also takes connections without it. */
    remoteIPProxyProtocol: Directive<boolean | ProxyProtocolUse, ProxyProtocolUse>;
    /** Addresses and networks whose connections come without it. */
    remoteIPProxyProtocolExceptions: Directive<string | readonly string[], readonly IpRange[]>;
  }
}

export const proxyProtocolDirectives: DirectiveDeclarations = {
  RemoteIPProxyProtocol: {
    takes: 'one',
    usage: 'On | Off | Optional',
    help: 'Whether each connection begins with the PROXY protocol, version 1 or 2, by which a proxy says who its client is.',
    contexts: ['server config', 'virtual host'],
    default: 'Off',
    words: answers,
    parse: ([word]) => word as ProxyProtocolUse,
  },
  RemoteIPProxyProtocolExceptions: {
    takes: 'iterate',
    usage: 'address | network …',
    help: 'Whose connections come without the PROXY protocol, although it is on.',
    contexts: ['server config', 'virtual host'],
    default: [],
    parse: ([text = '']) => [parseIpRange(text)],
    combine: (earlier, later) => [...earlier, ...later],
  },
};
