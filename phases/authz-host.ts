import type { AuthorizationTest, RequireLine } from '../core/access-provider.ts';
import { parseIpRange } from '../core/ip-range.ts';
import { definePlugin } from '../core/plugin.ts';
import { clientHostname, leadsToClient } from './authz/host-names.ts';
import { isInDomain } from './authz/in-domain.ts';
import { requestWords } from './authz/request-words.ts';

/** `Require ip`, `host`, `forward-dns` and `local`. */
export const authzHost = definePlugin({
  name: 'authz_host',
  aliases: ['mod_authz_host', 'authz_host_module'],
  authorizationProviders: {
    ip: { usage: 'address | network …', parse: parseIp },
    host: { usage: 'domain …', parse: parseHost },
    'forward-dns': { usage: 'name …', parse: parseForwardDns },
    local: { usage: '', parse: parseLocal },
  },
});

function parseIp(words: readonly string[]): AuthorizationTest {
  if (words.length === 0) throw new Error('Require ip needs at least one address or network');
  const ranges = words.map(parseIpRange);
  return (r) => (ranges.some((range) => range.contains(r.clientIp)) ? 'granted' : 'denied');
}

/** A name counts only where it leads back to the address, for anybody can give their own addresses any name. */
function parseHost(words: readonly string[], line: RequireLine): AuthorizationTest {
  const domains = requestWords(words, 'host', 'domain', line);
  return async (r) => {
    const name = await clientHostname(r);
    if (name === undefined) return 'denied';
    return [...(await domains(r))].some((domain) => isInDomain(name, domain)) ? 'granted' : 'denied';
  };
}

function parseForwardDns(words: readonly string[], line: RequireLine): AuthorizationTest {
  const names = requestWords(words, 'forward-dns', 'name', line);
  return async (r) => {
    for (const name of await names(r)) if (await leadsToClient(r, name)) return 'granted';
    return 'denied';
  };
}

const loopback = ['127.0.0.0/8', '::1'].map(parseIpRange);

function parseLocal(words: readonly string[]): AuthorizationTest {
  if (words.length > 0) throw new Error(`Require local takes nothing more, not "${words.join(' ')}"`);
  return ({ clientIp, connection }) =>
    loopback.some((range) => range.contains(clientIp)) || clientIp === connection.localIp ? 'granted' : 'denied';
}
