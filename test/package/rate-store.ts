import { type ServerRecord, definePlugin, serviceKey, stateKey } from 'sluice';

export interface RateStore {
  count(client: string): number;
}

export const rateStore = serviceKey<RateStore>('rate_store', 'sluice-plugin-rate-store');

const seen = stateKey<number>('rate_store.seen');

/** Every member of the contract, as a plugin of another package has it. */
export default definePlugin({
  name: 'rate_store',
  version: '1.2.3',
  sluice: '>=0.1 <1',
  dependencies: { alias: '*' },
  optionalDependencies: { 'sluice-plugin-redis': '^1' },
  before: ['shop'],
  after: ['session'],
  services: [rateStore],
  phases: {
    access: [
      { order: 'first', handler: (r) => (r.server.services.get(rateStore).count(r.clientIp) > 9 ? 429 : -1) },
      { after: ['authz_host'], when: ({ keepAlive }) => keepAlive, pure: true, handler: () => 0 },
    ],
    log: (r) => void r.state.set(seen, (r.state.get(seen) ?? 0) + 1),
  },
  handlers: { 'rate-status': (r) => ({ client: r.clientIp }) },
  outputFilters: { COUNT: { type: 'resource', data: (chunk, f) => f.passOn(chunk) } },
  connection: (c) => (c.clientIp === '127.0.0.1' ? -1 : -2),
  authenticationProviders: { nobody: { checkPassword: () => 'unknown user' } },
  authorizationProviders: {
    rate: {
      usage: 'count',
      parse:
        ([count]) =>
        () =>
          count === '1' ? 'granted' : 'denied',
    },
  },
  expressionFunctions: {
    rate: (client, r) => `${client} ${r.method}`,
    between: { arity: 2, evaluate: (low, _r, high) => `${low} ${high}` },
  },
  expressionVariables: {
    RATE: (r) => String(r.state.get(seen)),
    CLIENT: { read: (r) => r.headersIn.get('X-Client'), varyOn: 'X-Client' },
  },
  logItems: {
    x: (r, argument) => (argument === '' ? undefined : r.uri),
    '^rs': { compile: (argument) => (r) => r.uri + argument, asksOriginal: true, inErrorLog: true },
  },
  setup(server) {
    server.services.provide(rateStore, { count: (client) => client.length });
  },
  close: (server: ServerRecord) => server.log.log('info', 'gone', 'rate_store'),
});
