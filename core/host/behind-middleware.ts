import type { ServerResponse } from 'node:http';
import type { Context } from 'koa';
import type { Generation } from '../generation.ts';
import { handleRequest } from './handle-request.ts';

/**
 * Sends a Koa context through the phases; resolves when the response has left. Koa's own answer is switched off, unless
 * nobody answers and there is a `next` to do so.
 */
export function travelBehindMiddleware(
  generation: Generation,
  context: Context,
  next?: () => Promise<unknown>,
): Promise<void> {
  context.respond = false;
  const headers = takeHeaders(context.res);
  return new Promise((resolve, reject) => {
    const passOn = (): Promise<void> => {
      for (const [name, values] of headers) context.res.setHeader(name, values);
      context.respond = true;
      return next!().then(() => resolve(), reject);
    };
    context.res.once('close', resolve);
    const behind = { headers, ...(next === undefined ? {} : { passOn }) };
    handleRequest(generation, context.req, context.res, () => context, behind);
  });
}

/** What middleware in front has set: it belongs to errors too, and is merged with what handlers set. */
function takeHeaders(response: ServerResponse): [name: string, values: string[]][] {
  return response.getHeaderNames().map((name) => {
    const value = response.getHeader(name);
    response.removeHeader(name);
    return [name, Array.isArray(value) ? value : [String(value)]];
  });
}
