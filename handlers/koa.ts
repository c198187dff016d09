import Koa, { type Context, type Middleware } from 'koa';
import type { ContentHandler } from '../core/handler.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { type Body, DECLINED, OK } from '../core/verdict.ts';
import { toThrown } from './foreign-error.ts';
import { foreignRequest } from './foreign-request.ts';
import { copyHead, foreignResponse } from './foreign-response.ts';

/**
 * Makes a content handler of a Koa application, or of one middleware. What it answers passes the output filters; where
 * nobody in it sets status or body, the handler says DECLINED, and an error with a status is answered with it, by
 * ErrorDocument. `ctx.state` is that of `r.ctx`.
 *
 * @example
 * const app = new Koa();
 * app.use((ctx) => (ctx.body = 'Hello World!'));
 * export default koaHandler(app);
 */
export function koaHandler(application: Koa | Middleware): ContentHandler {
  const app = typeof application === 'function' ? new Koa().use(application) : application;
  let run: ((context: Context) => Promise<void>) | undefined;
  return async (r) => {
    // Middleware may be added until the first request, as in Koa.
    run ??= (app as Koa & { compose(middleware: readonly Middleware[]): (context: Context) => Promise<void> }).compose(
      app.middleware,
    );
    const request = foreignRequest(r);
    const { response, ended } = foreignResponse(r, request);
    const context = app.createContext(request, response);
    context.state = r.ctx.state;
    // Koa's own default, which a body turns into 200.
    response.statusCode = 404;
    try {
      await run(context);
    } catch (error) {
      throw toThrown(r, error);
    }
    if (response.headersSent || context.respond === false) {
      await ended;
      return OK;
    }
    return answerOf(context, r);
  };
}

function answerOf({ body, res }: Context, r: RequestRecord): Body | typeof OK | typeof DECLINED {
  const isEmpty = body === undefined || body === null;
  if (isEmpty && res.statusCode === 404) return DECLINED;
  // The engine knows better what it sends.
  if (!isEmpty && !Buffer.isBuffer(body) && typeof body !== 'string') res.removeHeader('Content-Length');
  copyHead(res, r);
  if (isEmpty) return OK;
  return body instanceof Blob ? body.stream() : (body as Body);
}
