import { once } from 'node:events';
import { createClient } from 'redis';
import type { ServerRecord } from 'sluice';
import type { Limit } from './limit.ts';
import type { RateLimitStore, Taken } from './stores.ts';

/** As MemoryStore does it, in one step, with the clock of the Redis. */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local window, spacing = tonumber(ARGV[1]), tonumber(ARGV[2])
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next = free + spacing
local wait = next - window - now
if wait > 0 then return { wait, free - now } end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return { 0, next - now }
`;

/** Milliseconds after which a Redis that doesn't answer counts as gone. */
const patience = 1_000;

/** Counts in a Redis, for all servers that name it. */
export class RedisStore implements RateLimitStore {
  readonly #client: ReturnType<typeof createClient>;

  /** Resolves when the Redis has answered, or the first attempt to reach it has failed. */
  static async open(url: string, server: ServerRecord): Promise<RedisStore> {
    const store = new RedisStore(url, server);
    await once(store.#client, 'ready').catch(() => undefined);
    return store;
  }

  private constructor(url: string, server: ServerRecord) {
    this.#client = createClient({
      url,
      // Requests don't wait for a Redis that is gone: RateLimitOnError says what becomes of them.
      disableOfflineQueue: true,
      socket: { connectTimeout: patience, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 5_000) },
    });
    let reachable = true;
    this.#client.on('ready', () => {
      if (!reachable) server.log.log('info', 'the Redis is back', 'rate_limit');
      reachable = true;
    });
    this.#client.on('error', (error: Error) => {
      if (reachable)
        server.log.log('warn', `the Redis can't be reached: ${error.message || String(error)}`, 'rate_limit');
      reachable = false;
    });
    // It goes on trying; errors come to the listener above.
    this.#client.connect().catch(() => undefined);
  }

  async take(key: string, { window, spacing }: Pick<Limit, 'window' | 'spacing'>): Promise<Taken> {
    const reply = this.#client.eval(script, {
      keys: [`sluice-rate-limit:${key}`],
      arguments: [String(window), String(spacing)],
    });
    const [wait, debt] = (await inTime(reply)) as [number, number];
    return { wait, debt };
  }

  close(): void {
    this.#client.destroy();
  }
}

async function inTime<T>(reply: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the Redis has not answered within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
}
