import { type ServerRecord, serviceKey } from 'sluice';
import type { Limit } from './limit.ts';
import { MemoryStore } from './memory-store.ts';

/** What came of asking for one request, in microseconds. */
export interface Taken {
  /** The time until there is room for it; nothing was taken then. 0: it was taken. */
  readonly wait: number;
  /** The time until all requests of the limit are free again. */
  readonly debt: number;
}

/**
 * Counts requests by the generic cell rate algorithm (ITU-T I.371): per client, it keeps only the time at which the whole
 * limit will be free again. That is a token bucket without a timer that fills it.
 */
export interface RateLimitStore {
  /** Takes one request, or says how long to wait; rejects where the store can't be asked. */
  take(key: string, limit: Pick<Limit, 'window' | 'spacing'>): Taken | Promise<Taken>;
  close(): void | Promise<void>;
}

/** The store of a server, for its other plugins. */
export const rateLimitStore = serviceKey<RateLimitStore>('rate_limit.store', 'sluice-plugin-rate-limit');

export function isStoreName(name: string): boolean {
  return name === 'memory' || (/^rediss?:\/\//.test(name) && URL.canParse(name));
}

/** The store that a server's config names. */
export async function openStore(server: ServerRecord): Promise<RateLimitStore> {
  const { rateLimitStore: name, rateLimitMemory } = server.config;
  if (name === 'memory') return new MemoryStore(rateLimitMemory);
  // The package redis is only needed by those who name one.
  const { RedisStore } = await import('./redis-store.ts').catch((error: Error & { code?: string }) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`RateLimitStore ${name} needs the package redis; install it with "npm install redis"`);
  });
  return await RedisStore.open(name, server);
}
