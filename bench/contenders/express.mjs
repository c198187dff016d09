import { createGzip } from 'node:zlib';
import express from 'express';
import { article, hello, publish, record, text } from '../content.mjs';
import { documentRoot } from '../files.mjs';
import { openAccessLog } from '../parts/access-log.mjs';
import { basicAuthentication } from '../parts/credentials.mjs';

/** @type {Record<string, (app: express.Express) => void>} */
const apps = {
  W1: (app) => {
    app.get('/hello.txt', (_request, response) => {
      response.set('Cache-Control', 'no-cache').type('text/plain').send(hello);
    });
  },
  W2: (app) => {
    app.get('/record.json', (_request, response) => void response.json(record));
  },
  W3: (app) => {
    app.use(express.static(documentRoot));
  },
  // The filter wraps `send`, which is where Express lets a finished body be seen.
  W4: (app) => {
    const authenticate = basicAuthentication();
    const log = openAccessLog();
    app.use((request, response, next) => {
      response.on('finish', () =>
        log(request, response.locals['user'], response.statusCode, Number(response.get('Content-Length'))),
      );
      next();
    });
    app.use((request, response, next) => {
      const user = authenticate(request.get('Authorization'));
      if (user === undefined) {
        response.set('WWW-Authenticate', 'Basic realm="Staff"').sendStatus(401);
      } else {
        response.locals['user'] = user;
        next();
      }
    });
    app.use((_request, response, next) => {
      const send = response.send.bind(response);
      response.send = (body) => send(typeof body === 'string' ? publish(body) : body);
      next();
    });
    app.get('/articles/:id', (request, response) => void response.json(article(request.params.id)));
  },
  // What the package compression does: `write` and `end` of the response go through a stream of zlib.
  W5: (app) => {
    app.use((request, response, next) => {
      response.vary('Accept-Encoding');
      if (request.acceptsEncodings('gzip') === 'gzip') compress(response);
      next();
    });
    app.get('/text.txt', (_request, response) => void response.type('text/plain').send(text));
  },
  W6: (app) => {
    app.post('/echo', express.json(), (request, response) => void response.json(request.body));
  },
};

/** @param {express.Response} response */
function compress(response) {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const gzip = createGzip({ level: 6 });
  gzip.on('data', (/** @type {Buffer} */ chunk) => void write(chunk));
  gzip.on('end', () => void end());
  response.end = (/** @type {unknown[]} */ ...args) => {
    const [chunk, encoding] = /** @type {[string, BufferEncoding]} */ (args);
    response.removeHeader('Content-Length');
    response.set('Content-Encoding', 'gzip');
    gzip.end(chunk, encoding);
    return response;
  };
}

/**
 * @param {string} workload
 * @param {number} port
 */
export function serve(workload, port) {
  const app = express();
  apps[workload]?.(app);
  app.listen(port, '127.0.0.1');
}
