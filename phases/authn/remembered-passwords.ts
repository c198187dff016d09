import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Config } from '../../core/config/directive.ts';

const LIMIT = 10_000;
const key = createSecretKey(randomBytes(32));

/** Per config, so that what was right in one section says nothing about another; digests, and when they end. */
const memories = new WeakMap<Config, Map<string, number>>();

/** Whether the password was right lately. */
export function isRemembered(config: Config, user: string, password: string, now = Date.now()): boolean {
  return (memories.get(config)?.get(digest(user, password)) ?? 0) > now;
}

/** What the provider `by` found right is remembered, where AuthnCacheProvideFor names it. */
export function remember(config: Config, by: string, user: string, password: string, now = Date.now()): void {
  if (!config.authnCacheProvideFor.includes(by)) return;
  let memory = memories.get(config);
  if (memory === undefined) {
    memory = new Map();
    memories.set(config, memory);
  }
  const remembered = digest(user, password);
  memory.delete(remembered);
  memory.set(remembered, now + config.authnCacheTimeout * 1000);
  if (memory.size > LIMIT) memory.delete(memory.keys().next().value!);
}

function digest(user: string, password: string): string {
  return createHmac('sha256', key).update(`${user}\0${password}`).digest('base64');
}
