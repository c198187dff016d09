import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import Koa from 'koa';
import { article, hello, publish, record, text } from '../content.mjs';
import { documentRoot } from '../files.mjs';
import { openAccessLog } from '../parts/access-log.mjs';
import { basicAuthentication } from '../parts/credentials.mjs';
import { etagOf } from '../parts/etag.mjs';
import { readJson } from '../parts/read-json.mjs';

/** @type {Record<string, (app: Koa) => void>} */
const apps = {
  W1: (app) =>
    app.use((context) => {
      context.set('Cache-Control', 'no-cache');
      context.body = hello;
    }),
  W2: (app) =>
    app.use((context) => {
      context.body = record;
    }),
  // A file is a stream as the body, as in Koa's documentation.
  W3: (app) =>
    app.use(async (context) => {
      const path = join(documentRoot, context.path);
      const stats = await stat(path);
      context.type = 'txt';
      context.length = stats.size;
      context.lastModified = stats.mtime;
      context.etag = etagOf(stats);
      context.body = createReadStream(path);
    }),
  // Koa names no router of its own, so a pattern does; the rest is one middleware each.
  W4: (app) => {
    const authenticate = basicAuthentication();
    const log = openAccessLog();
    app.use(async (context, next) => {
      context.res.once('finish', () => log(context.req, context.state['user'], context.status, context.length ?? '-'));
      await next();
    });
    app.use(async (context, next) => {
      const user = authenticate(context.get('Authorization'));
      if (user === undefined) context.throw(401, { headers: { 'WWW-Authenticate': 'Basic realm="Staff"' } });
      context.state['user'] = user;
      await next();
    });
    app.use(async (context, next) => {
      await next();
      context.type = 'json';
      context.body = publish(JSON.stringify(context.body));
    });
    app.use((context) => {
      const [, id] = /^\/articles\/([^/]+)$/.exec(context.path) ?? [];
      if (id !== undefined) context.body = article(id);
    });
  },
  // What koa-compress does with a text: a stream of zlib becomes the body.
  W5: (app) => {
    app.use(async (context, next) => {
      context.vary('Accept-Encoding');
      await next();
      if (context.acceptsEncodings('gzip', 'identity') !== 'gzip') return;
      const gzip = createGzip({ level: 6 });
      gzip.end(context.body);
      context.set('Content-Encoding', 'gzip');
      context.body = gzip;
      context.remove('Content-Length');
    });
    app.use((context) => {
      context.type = 'txt';
      context.body = text;
    });
  },
  W6: (app) =>
    app.use(async (context) => {
      context.body = await readJson(context.req);
    }),
};

/**
 * @param {string} workload
 * @param {number} port
 */
export function serve(workload, port) {
  const app = new Koa();
  apps[workload]?.(app);
  app.listen(port, '127.0.0.1');
}
