import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContentHandler } from '../core/handler.ts';
import { DECLINED, OK } from '../core/verdict.ts';
import { toThrown } from './foreign-error.ts';
import { foreignRequest } from './foreign-request.ts';
import { foreignResponse } from './foreign-response.ts';

/** A Connect or Express application, or one middleware. */
export type ConnectApplication = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => unknown;

/**
 * Makes a content handler of a Connect or Express application. What it writes passes the output filters; `next()` means
 * DECLINED, and `next(error)` is thrown: an error with a status is answered with it, by ErrorDocument.
 *
 * @example
 * const app = express().get('/hello', (request, response) => response.send('Hello World!'));
 * export default connectHandler(app);
 */
export function connectHandler(application: ConnectApplication): ContentHandler {
  return async (r) => {
    const request = foreignRequest(r);
    const { response, ended } = foreignResponse(r, request);
    let next!: (error?: unknown) => void;
    const passed = new Promise<typeof DECLINED>((resolve, reject) => {
      // Connect's and Express's words for `next()`.
      const isPlain = (error: unknown): boolean =>
        error === undefined || error === null || error === 'route' || error === 'router';
      next = (error) => (isPlain(error) ? resolve(DECLINED) : reject(toThrown(r, error)));
    });
    const called = new Promise<never>((_, reject) => {
      const failed = (error: unknown): void => reject(toThrown(r, error));
      try {
        Promise.resolve(application(request, response, next)).catch(failed);
      } catch (error) {
        failed(error);
      }
    });
    return Promise.race([ended.then((): typeof OK => OK), passed, called]);
  };
}
