import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { compress } from 'hono/compress';
import { article, hello, publish, record, text } from '../content.mjs';
import { documentRoot } from '../files.mjs';
import { openAccessLog } from '../parts/access-log.mjs';
import { readPasswords } from '../parts/credentials.mjs';
import { etagOf } from '../parts/etag.mjs';

/** @typedef {{ Bindings: import('@hono/node-server').HttpBindings, Variables: { user: string } }} Types */

/** @type {Record<string, (app: Hono<Types>) => void>} */
const apps = {
  W1: (app) => {
    app.get('/hello.txt', (c) =>
      c.body(hello, 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': String(hello.length),
        'Cache-Control': 'no-cache',
      }),
    );
  },
  W2: (app) => {
    app.get('/record.json', (c) => c.json(record));
  },
  // serveStatic of the Node adapter streams the file; it knows no ETag.
  W3: (app) => {
    app.use(async (c, next) => {
      c.header('ETag', etagOf(await stat(join(documentRoot, c.req.path))));
      await next();
    });
    app.use(serveStatic({ root: documentRoot }));
  },
  W4: (app) => {
    const log = openAccessLog();
    app.use(async (c, next) => {
      await next();
      log(c.env.incoming, c.get('user'), c.res.status, c.res.headers.get('Content-Length') ?? '-');
    });
    app.use(
      basicAuth({ realm: 'Staff', verifyUser: readPasswords(), onAuthSuccess: (c, user) => c.set('user', user) }),
    );
    app.use(async (c, next) => {
      await next();
      const body = publish(await c.res.text());
      c.res = new Response(body, c.res);
      c.header('Content-Length', String(Buffer.byteLength(body)));
    });
    app.get('/articles/:id', (c) => c.json(article(c.req.param('id'))));
  },
  W5: (app) => {
    app.use(compress());
    app.get('/text.txt', (c) => c.text(text));
  },
  W6: (app) => {
    app.post('/echo', async (c) => c.json(await c.req.json()));
  },
};

/**
 * @param {string} workload
 * @param {number} port
 */
export function serve(workload, port) {
  /** @type {Hono<Types>} */
  const app = new Hono();
  apps[workload]?.(app);
  listen({ fetch: app.fetch, port, hostname: '127.0.0.1' });
}
