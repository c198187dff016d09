import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ConfigObject } from '../core/config/define-config.ts';
import { createApp } from '../index.ts';

/** A request listener that can also be awaited, to hear of a bad config before the first request. */
export type TestApp = RequestListener & PromiseLike<RequestListener>;

/**
 * Makes a request listener for supertest of a config, or of the path of a config file. Rejects with the ConfigError where
 * the config is wrong; a test that doesn't await it fails with the same error at its first request.
 *
 * @example
 * const app = await testApp({ sections: [{ location: '/', contentHandler: () => 'Hello World!' }] });
 * await request(app).get('/').expect(200, 'Hello World!');
 */
export function testApp(config: ConfigObject | string): TestApp {
  const app = createApp(config);
  const callback = app.callback();
  const listener: RequestListener = (request, response) => void callback(request, response);
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
  return Object.assign(untilReady as RequestListener, { then });
}
