import type { DirectiveDeclarations } from '../config/directive.ts';
import { type IpRange, parseIpRange } from '../ip-range.ts';

const answers = ['on', 'off', 'optional'] as const;

declare module '../config/directive.ts' {
  interface Directives {
    /** Whether proxies say by the PROXY protocol who is behind them; `optional` also takes connections without it. */
    remoteIPProxyProtocol: Directive<boolean | (typeof answers)[number], (typeof answers)[number]>;
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
    default: 'off',
    parse([word = ''], site) {
      const answer = answers.find((known) => known === word.toLowerCase());
      return answer ?? site.fail(`RemoteIPProxyProtocol is On, Off or Optional, not "${word}"`);
    },
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
