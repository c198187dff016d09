import { resolve } from 'node:path';
import type { ConfigObject } from './core/config/define-config.ts';
import { Application } from './core/host/application.ts';
import { builtInPlugins } from './built-in-plugins.ts';

/**
 * Makes a Koa application that serves a config: an object as `defineConfig` takes it, or the path of a config file.
 *
 * @example
 * const app = createApp({ sections: [{ location: '/', contentHandler: () => 'Hello World!' }] });
 * await request(app.callback()).get('/').expect('Hello World!');
 */
export function createApp(config: ConfigObject | string): Application {
  const source = typeof config === 'string' ? { file: resolve(config) } : { config, folder: process.cwd() };
  return new Application(source, { builtIn: builtInPlugins });
}
