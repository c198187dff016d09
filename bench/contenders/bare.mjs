// node:http without a framework: the measure of all others.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { article, hello, publish, record, text } from '../content.mjs';
import { documentRoot } from '../files.mjs';
import { openAccessLog } from '../parts/access-log.mjs';
import { basicAuthentication } from '../parts/credentials.mjs';
import { etagOf } from '../parts/etag.mjs';
import { readJson } from '../parts/read-json.mjs';

/** @type {Record<string, () => import('node:http').RequestListener>} */
const listeners = {
  W1: () => (_request, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': hello.length,
      'Cache-Control': 'no-cache',
    });
    response.end(hello);
  },
  W2: () => (_request, response) => sendJson(response, JSON.stringify(record)),
  W3: () => async (request, response) => {
    const path = join(documentRoot, request.url ?? '');
    const stats = await stat(path);
    response.writeHead(200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': stats.size,
      ETag: etagOf(stats),
      'Last-Modified': stats.mtime.toUTCString(),
    });
    createReadStream(path).pipe(response);
  },
  W4: () => {
    const authenticate = basicAuthentication();
    const log = openAccessLog();
    return (request, response) => {
      const user = authenticate(request.headers.authorization);
      const [, id] = /^\/articles\/([^/]+)$/.exec(request.url ?? '') ?? [];
      response.on('finish', () =>
        log(request, user, response.statusCode, Number(response.getHeader('Content-Length'))),
      );
      if (user === undefined) response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Staff"' }).end();
      else if (id === undefined) response.writeHead(404).end();
      else {
        const body = publish(JSON.stringify(article(id)));
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('Content-Length', Buffer.byteLength(body));
        response.end(body);
      }
    };
  },
  // A stream, as in the documentation of node:zlib.
  W5: () => (_request, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Encoding': 'gzip',
      Vary: 'Accept-Encoding',
    });
    const gzip = createGzip({ level: 6 });
    gzip.pipe(response);
    gzip.end(text);
  },
  W6: () => async (request, response) => sendJson(response, JSON.stringify(await readJson(request))),
};

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} body
 */
function sendJson(response, body) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/**
 * @param {string} workload
 * @param {number} port
 */
export function serve(workload, port) {
  createServer(listeners[workload]?.()).listen(port, '127.0.0.1');
}
