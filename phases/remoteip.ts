import { ConfigError } from '../core/config/config-error.ts';
import type { Context, Directive, DirectiveDeclaration } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { findClient } from './remoteip/find-client.ts';
import { type TrustedProxy, parseProxy, readProxies } from './remoteip/proxy-list.ts';

type ProxiesDirective = Directive<string | readonly string[], readonly TrustedProxy[]>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The request header in which proxies say who is behind them, e.g. `X-Forwarded-For`. */
    remoteIPHeader: Directive<string, string | undefined>;
    /** The request header for the trusted proxies that are not internal. */
    remoteIPProxiesHeader: Directive<string, string | undefined>;
    /** Proxies whose word counts, but not about private addresses: addresses, networks, names. */
    remoteIPTrustedProxy: ProxiesDirective;
    /** A file of them, one on each line. */
    remoteIPTrustedProxyList: Directive<string, readonly TrustedProxy[]>;
    /** Proxies of one's own network, who are believed about private addresses too. */
    remoteIPInternalProxy: ProxiesDirective;
    /** A file of them, one on each line. */
    remoteIPInternalProxyList: Directive<string, readonly TrustedProxy[]>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];

function header(help: string): DirectiveDeclaration<string | undefined> {
  return {
    contexts: servers,
    takes: 'one',
    usage: 'header',
    help,
    parse([name = ''], site) {
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
      return site.fail(`${site.name} takes the name of a header, not "${name}"`);
    },
  };
}

function proxies(help: string, isInternal: boolean): DirectiveDeclaration<readonly TrustedProxy[]> {
  return {
    contexts: servers,
    takes: 'iterate',
    usage: 'address | network | name …',
    help,
    into: 'remoteIPTrustedProxy',
    parse: ([word = ''], site) => parseProxy(word, isInternal, site),
    combine: (earlier, later) => [...earlier, ...later],
  };
}

function proxyFile(help: string, isInternal: boolean): DirectiveDeclaration<readonly TrustedProxy[]> {
  return {
    contexts: servers,
    takes: 'one',
    usage: 'file',
    help,
    into: 'remoteIPTrustedProxy',
    parse: ([file = ''], site) => readProxies(file, isInternal, site),
  };
}

const { into: _own, ...trusted } = proxies(
  'Proxies whose word counts, but not about private addresses: addresses, networks, names.',
  false,
);

/** Finds out who is behind proxies that are trusted, so that rules about addresses and logs are about the client. */
export const remoteIp = definePlugin({
  name: 'remoteip',
  aliases: ['mod_remoteip', 'remoteip_module'],
  directives: {
    RemoteIPHeader: header('The request header in which proxies say who is behind them, e.g. X-Forwarded-For.'),
    RemoteIPProxiesHeader: header('The request header for the trusted proxies that are not internal.'),
    RemoteIPTrustedProxy: { ...trusted, default: [] },
    RemoteIPTrustedProxyList: proxyFile('A file of trusted proxies, one on each line.', false),
    RemoteIPInternalProxy: proxies("Proxies of one's own network, who are believed about private addresses too.", true),
    RemoteIPInternalProxyList: proxyFile('A file of internal proxies, one on each line.', true),
  },
  phases: {
    postReadRequest: {
      handler: setClient,
      order: 'first',
      when: ({ remoteIPHeader }) => remoteIPHeader !== undefined,
    },
  },
  setup({ config, definedAt }) {
    if (config.remoteIPHeader === undefined || config.remoteIPTrustedProxy.length > 0) return;
    throw new ConfigError(
      definedAt,
      `RemoteIPHeader ${config.remoteIPHeader} lets everybody say who they are; name the proxies that are to be believed by RemoteIPInternalProxy or RemoteIPTrustedProxy`,
    );
  },
});

function setClient(r: RequestRecord): typeof DECLINED {
  const { remoteIPHeader, remoteIPProxiesHeader, remoteIPTrustedProxy } = r.config;
  const said = r.headersIn.get(remoteIPHeader!);
  // The target of a redirect has its client from the request that it was made of.
  if (said === undefined || !r.isInitial) return DECLINED;
  const found = findClient(r.clientIp, said, remoteIPTrustedProxy);
  if (found === undefined) return DECLINED;
  const { address, rest, proxies: passed } = found;
  r.clientIp = address;
  if (rest === '') r.headersIn.delete(remoteIPHeader!);
  else r.headersIn.set(remoteIPHeader!, rest);
  if (passed.length > 0) {
    r.notes.set('remoteip-proxy-ip-list', passed.join(', '));
    if (remoteIPProxiesHeader !== undefined) r.headersIn.set(remoteIPProxiesHeader, passed.join(', '));
  }
  return DECLINED;
}
