import type { ConfigObject } from '../core/config/define-config.ts';
import type { ContentHandler } from '../core/handler.ts';
import { type TestApp, testApp } from './test-app.ts';

/**
 * Makes a request listener for supertest that answers every URL with one content handler.
 *
 * @example
 * const app = await testHandler((r) => `Hello ${r.uri}`);
 * await request(app).get('/you').expect('Hello /you');
 */
export function testHandler(handler: ContentHandler, config: ConfigObject = {}): TestApp {
  return testApp({ ...config, sections: [...(config.sections ?? []), { location: '/', contentHandler: handler }] });
}
