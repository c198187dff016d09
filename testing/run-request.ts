import { resolve } from 'node:path';
import { builtInPlugins } from '../built-in-plugins.ts';
import type { ConfigObject } from '../core/config/define-config.ts';
import { type DetachedRequest, detachedRequest } from '../core/detached-request.ts';
import { Generation } from '../core/generation.ts';
import { MemorySink, type SentResponse } from './memory-sink.ts';

/**
 * Sends a request through all phases of a config, or of a config file, without a socket, and gives what a client would have
 * received. Rejects with a ConfigError for a bad config.
 *
 * @example
 * const { status, text } = await runRequest({ url: '/hello' }, { contentHandler: (r) => `This is ${r.uri}` });
 * expect([status, text]).toEqual([200, 'This is /hello']);
 */
export async function runRequest(request: DetachedRequest, config: ConfigObject | string): Promise<SentResponse> {
  const source = typeof config === 'string' ? { file: resolve(config) } : { config, folder: process.cwd() };
  const generation = await Generation.load(source, { builtIn: builtInPlugins });
  const sink = new MemorySink();
  try {
    const r = detachedRequest(generation, request, sink);
    const { engine } = r.exchange;
    await engine.serve(r);
    engine.cleanUp(r);
  } finally {
    await generation.close();
  }
  return sink.sent;
}
