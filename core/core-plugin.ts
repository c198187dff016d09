import {
  connectionDirectives,
  connectionHandlerDirectives,
  errorDirectives,
  filterDirectives,
  handlerDirectives,
  limitDirectives,
  overrideDirectives,
  pathDirectives,
  protocolDirectives,
  proxyProtocolDirectives,
  serverDirectives,
  tlsDirectives,
} from './directives/index.ts';
import { connectionPlan } from './connection/connection-plan.ts';
import { definePlugin } from './plugin.ts';
import { tlsHostOf } from './tls/tls-host.ts';
import { DECLINED } from './verdict.ts';

/** The directives that the engine itself obeys, and the filters that configs declare. */
export const corePlugin = definePlugin({
  name: 'core',
  aliases: ['mod_core', 'mod_so', 'mod_reqtimeout', 'reqtimeout_module', 'mod_http2', 'http2_module'],
  directives: {
    ...serverDirectives,
    ...limitDirectives,
    ...connectionDirectives,
    ...connectionHandlerDirectives,
    ...handlerDirectives,
    ...filterDirectives,
    ...errorDirectives,
    ...overrideDirectives,
    ...pathDirectives,
    ...protocolDirectives,
    ...proxyProtocolDirectives,
    ...tlsDirectives,
  },
  phases: {
    fixup: {
      order: 'first',
      pure: true,
      when: (config) => config.setHandler !== undefined,
      handler: function setHandler(r) {
        r.handler = r.config.setHandler;
        return DECLINED;
      },
    },
  },
  insertFilters: {
    when: (config) => config.setOutputFilter.length > 0 || config.setInputFilter.length > 0,
    insert(r) {
      for (const name of r.config.setOutputFilter) r.addOutputFilter(name);
      for (const name of r.config.setInputFilter) r.addInputFilter(name);
    },
  },
  check(server) {
    connectionPlan(server);
    tlsHostOf(server);
  },
});
