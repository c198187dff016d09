import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { builtInPlugins } from '../built-in-plugins.ts';
import type { ConfigObject } from '../core/config/define-config.ts';
import { Application } from '../core/host/application.ts';
import type { Plugin } from '../core/plugin.ts';

/** The request listener of an app whose config has been read. */
export type ReadyApp = RequestListener & {
  /** Lets the app's plugins close what they have opened. */
  close(): Promise<void>;
};

/** A request listener that can also be awaited, to hear of a bad config before the first request. */
export type TestApp = ReadyApp & PromiseLike<ReadyApp>;

/** What a test adds to a config. */
export interface TestAppOptions {
  /** Plugins that are there without the config naming them, such as `collectLog()` under a config file. */
  readonly plugins?: readonly Plugin[];
}

/**
 * Makes a request listener for supertest of a config, or of the path of a config file. Rejects with the ConfigError where
 * the config is wrong; a test that doesn't await it fails with the same error at its first request.
 *
 * @example
 * const app = await testApp({ sections: [{ location: '/', contentHandler: () => 'Hello World!' }] });
 * await request(app).get('/').expect(200, 'Hello World!');
 */
export function testApp(config: ConfigObject | string, { plugins = [] }: TestAppOptions = {}): TestApp {
  const source = typeof config === 'string' ? { file: resolve(config) } : { config, folder: process.cwd() };
  const app = new Application(source, { builtIn: [...builtInPlugins, ...plugins] });
  const callback = app.callback();
  const close = async (): Promise<void> => {
    await app.ready();
    await app.stop();
  };
  const listener: ReadyApp = Object.assign(
    (request: IncomingMessage, response: ServerResponse) => void callback(request, response),
    { close },
  );
  // The rejection is left unhandled on purpose: test runners then fail the test that it comes from, and show the error.
  // Jest's `expect(testApp(…)).rejects` calls the function itself, without a request.
  const untilReady = async (request: IncomingMessage, response: ServerResponse | undefined): Promise<void> => {
    await app.ready().catch((error: unknown) => {
      response?.destroy();
      throw error;
    });
    listener(request, response as ServerResponse);
  };
  const then: TestApp['then'] = (fulfilled, rejected) =>
    app
      .ready()
      .then(() => listener)
      .then(fulfilled, rejected);
  return Object.assign(untilReady as RequestListener, { close, then });
}
