import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fastify } from 'fastify';
import { article, hello, publish, record, text } from '../content.mjs';
import { documentRoot } from '../files.mjs';
import { openAccessLog } from '../parts/access-log.mjs';
import { basicAuthentication } from '../parts/credentials.mjs';
import { etagOf } from '../parts/etag.mjs';

/** Fastify's documentation has a schema for every answer of known shape. */
const string = { type: 'string' };
const recordSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: string,
    roles: { type: 'array', items: string },
    address: { type: 'object', properties: { street: string, city: string, country: string } },
    visits: { type: 'array', items: { type: 'integer' } },
    active: { type: 'boolean' },
    note: string,
  },
};
const articleSchema = {
  type: 'object',
  properties: { id: string, title: string, links: { type: 'array', items: string }, note: string },
};

/** @type {Record<string, (app: import('fastify').FastifyInstance) => void>} */
const apps = {
  W1: (app) => {
    app.get('/hello.txt', (_request, reply) => {
      reply.header('Cache-Control', 'no-cache').type('text/plain; charset=utf-8').send(hello);
    });
  },
  W2: (app) => {
    app.get('/record.json', { schema: { response: { 200: recordSchema } } }, (_request, reply) => {
      reply.send(record);
    });
  },
  // A file is a stream given to send, as in Fastify's documentation of Reply.
  W3: (app) => {
    app.get('/page.txt', async (request, reply) => {
      const path = join(documentRoot, request.url);
      const stats = await stat(path);
      return reply
        .headers({
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Length': stats.size,
          ETag: etagOf(stats),
          'Last-Modified': stats.mtime.toUTCString(),
        })
        .send(createReadStream(path));
    });
  },
  W4: (app) => {
    const authenticate = basicAuthentication();
    const log = openAccessLog();
    app.decorateRequest('user', '');
    app.addHook('onRequest', (request, reply, done) => {
      const user = authenticate(request.headers.authorization);
      if (user === undefined) {
        reply.code(401).header('WWW-Authenticate', 'Basic realm="Staff"').send();
      } else {
        request.setDecorator('user', user);
        done();
      }
    });
    app.addHook('onSend', (_request, _reply, payload, done) => {
      done(null, typeof payload === 'string' ? publish(payload) : payload);
    });
    app.addHook('onResponse', (request, reply, done) => {
      const length = reply.getHeader('Content-Length');
      log(request.raw, request.getDecorator('user'), reply.statusCode, Number(length));
      done();
    });
    app.get('/articles/:id', { schema: { response: { 200: articleSchema } } }, (request, reply) => {
      const { id } = /** @type {{ id: string }} */ (request.params);
      reply.send(article(id));
    });
  },
  // The hook has the whole body, so it is compressed in one call: beside Koa and Express, whose packages stream.
  W5: (app) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      reply.header('Vary', 'Accept-Encoding');
      if (String(request.headers['accept-encoding']).includes('gzip')) {
        reply.header('Content-Encoding', 'gzip');
        reply.removeHeader('Content-Length');
        done(null, gzipSync(String(payload), { level: 6 }));
      } else {
        done(null, payload);
      }
    });
    app.get('/text.txt', (_request, reply) => {
      reply.type('text/plain; charset=utf-8').send(text);
    });
  },
  W6: (app) => {
    app.post('/echo', { schema: { response: { 200: recordSchema } } }, (request, reply) => {
      reply.send(request.body);
    });
  },
};

/**
 * @param {string} workload
 * @param {number} port
 */
export async function serve(workload, port) {
  const app = fastify();
  apps[workload]?.(app);
  await app.listen({ port, host: '127.0.0.1' });
}
