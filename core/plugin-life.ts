import { configErrorAt, isConfigError } from './config/config-error.ts';
import type { Plugin } from './plugin.ts';
import { type LoadedPlugin, describePlugin } from './plugin-origin.ts';
import type { ServerRecord } from './server-record.ts';
import { messageOf } from './thrown.ts';

/** The plugins of one configuration at work: who has been set up for which server, and so must be closed. */
export class PluginLife {
  readonly #plugins: readonly LoadedPlugin[];
  readonly #servers: readonly ServerRecord[];
  readonly #begun: (readonly [LoadedPlugin, ServerRecord])[] = [];

  /** `plugins` in the order in which they are set up. */
  constructor(plugins: readonly LoadedPlugin[], servers: readonly ServerRecord[]) {
    this.#plugins = plugins;
    this.#servers = servers;
  }

  /** Asks each whether the config can work. Throws what the plugin throws, with its name. */
  check(): void {
    for (const loaded of this.#plugins) {
      for (const server of this.#servers) {
        try {
          loaded.plugin.check?.(server);
        } catch (error) {
          throw blamed(loaded, 'finds fault with the config', error);
        }
      }
    }
  }

  /** Sets all up, one after the other. Rejects with what a plugin throws; `close` then closes those before it. */
  async setUp(): Promise<void> {
    for (const loaded of this.#plugins) {
      for (const server of this.#servers) {
        try {
          await loaded.plugin.setup?.(server);
          checkServices(loaded.plugin, server);
        } catch (error) {
          throw blamed(loaded, 'failed in its set-up', error);
        }
        this.#begun.push([loaded, server]);
      }
    }
  }

  /** Closes all that have been set up, the last one first; of several that fail at it, rejects with the first one's error. */
  async close(): Promise<void> {
    const faults: unknown[] = [];
    for (const [loaded, server] of this.#begun.splice(0).reverse()) {
      try {
        await loaded.plugin.close?.(server);
      } catch (error) {
        faults.push(blamed(loaded, 'failed when it was closed', error));
      }
    }
    if (faults.length > 0) throw faults[0];
  }
}

function checkServices({ services = [] }: Plugin, server: ServerRecord): void {
  const [missing] = server.services.missing(services);
  if (missing === undefined) return;
  throw new Error(`it lists the service ${missing}, but did not provide it; call server.services.provide in setup`);
}

/** A stranger's error names the plugin, and the line that loaded it; the built-in ones say themselves what is wrong. */
function blamed(loaded: LoadedPlugin, what: string, error: unknown): unknown {
  const { at } = loaded.origin;
  if (at === undefined || isConfigError(error)) return error;
  const told = new Error(`the plugin ${describePlugin(loaded)} ${what}: ${messageOf(error)}`, { cause: error });
  return configErrorAt(at, told);
}
