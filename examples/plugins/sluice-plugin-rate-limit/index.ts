import { type Directive, definePlugin } from 'sluice';
import { enforce } from './enforce.ts';
import { type Limits, noLimits, parseLimit } from './limit.ts';
import { isStoreName, openStore, rateLimitStore } from './stores.ts';

export { type RateLimitStore, type Taken, rateLimitStore } from './stores.ts';

/** What becomes of requests while the store can't be asked. */
type OnError = 'allow' | 'refuse';

type LimitLine = readonly [rate: string, key?: string, name?: string];

declare module 'sluice' {
  interface Directives {
    /** `100/1m`, and by what clients are told apart: `address`, `user` or `header:X-Api-Key`; `Off` for no limit. */
    rateLimit: Directive<string | LimitLine | readonly LimitLine[], Limits>;
    /** Where requests are counted: `memory`, or `redis://host:port/database` for several servers together. */
    rateLimitStore: Directive<string>;
    /** How many clients are kept in memory. */
    rateLimitMemory: Directive<number | string, number>;
    /** What becomes of requests while the store can't be asked. */
    rateLimitOnError: Directive<OnError>;
  }
}

export default definePlugin({
  name: 'rate_limit',
  directives: {
    RateLimit: {
      takes: 'oneToThree',
      usage: 'requests/time [address | user | header:name] [name] | Off',
      help: 'How many requests a client may make; several lines all hold, and lines of the same name count together.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: noLimits,
      defaultText: 'Off',
      parse: parseLimit,
      combine: (earlier, later) => ({
        early: [...earlier.early, ...later.early],
        late: [...earlier.late, ...later.late],
      }),
    },
    RateLimitStore: {
      takes: 'one',
      usage: 'memory | redis://host:port/database',
      help: 'Where requests are counted: in this process, or in a Redis that several servers share.',
      contexts: ['server config'],
      default: 'memory',
      parse([name = ''], site) {
        if (isStoreName(name)) return name;
        return site.fail(`RateLimitStore takes memory or a URL such as redis://127.0.0.1:6379/0, not "${name}"`);
      },
    },
    RateLimitMemory: {
      takes: 'one',
      usage: 'clients',
      help: 'How many clients the memory keeps; those that were not seen for the longest time are forgotten first.',
      contexts: ['server config'],
      default: 100_000,
      parse([size = ''], site) {
        if (/^[1-9]\d{0,7}$/.test(size)) return Number(size);
        return site.fail(`RateLimitMemory takes a number of clients from 1 to 99999999, not "${size}"`);
      },
    },
    RateLimitOnError: {
      takes: 'one',
      usage: 'allow | refuse',
      help: "Whether requests are let in or answered with 503 while the store can't be asked.",
      contexts: ['server config', 'virtual host', 'directory'],
      default: 'allow',
      parse([word = ''], site) {
        const wanted = word.toLowerCase();
        if (wanted === 'allow' || wanted === 'refuse') return wanted;
        return site.fail(`RateLimitOnError takes allow or refuse, not "${word}"`);
      },
    },
  },
  // Other plugins may count by it too: what they like, under keys of their own.
  services: [rateLimitStore],
  async setup(server) {
    server.services.provide(rateLimitStore, await openStore(server));
  },
  close: (server) => server.services.find(rateLimitStore)?.close(),
  phases: {
    // Before anybody works for the client, passwords included.
    access: {
      order: 'first',
      when: ({ rateLimit }) => rateLimit.early.length > 0,
      handler: (r) => enforce(r, r.config.rateLimit.early),
    },
    // A user is known by then.
    fixup: {
      order: 'first',
      when: ({ rateLimit }) => rateLimit.late.length > 0,
      handler: (r) => enforce(r, r.config.rateLimit.late),
    },
  },
});
