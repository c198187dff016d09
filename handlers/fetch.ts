import type { ContentHandler } from '../core/handler.ts';
import type { RequestRecord } from '../core/request-record.ts';

/** What fetch-based frameworks offer, e.g. `app.fetch` of Hono. */
export type FetchApplication = (request: Request) => Response | Promise<Response>;

/** Methods that a Request can't have (Fetch Standard §2.2.1). */
const forbidden: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Makes a content handler of a function from Request to Response. The response passes the output filters; the request's
 * body passes the input filters and is read as the function reads it.
 *
 * @example
 * const app = new Hono().get('/hello', (c) => c.text('Hello World!'));
 * export default fetchHandler(app.fetch);
 */
export function fetchHandler(application: FetchApplication): ContentHandler {
  return (r) => (forbidden.has(r.method) ? 405 : application(toRequest(r)));
}

function toRequest(r: RequestRecord): Request {
  const headers = new Headers();
  for (const [name, value] of r.headersIn) headers.append(name, value);
  const hasBody = r.method !== 'GET' && r.method !== 'HEAD';
  return new Request(r.url, {
    method: r.method,
    headers,
    signal: r.signal,
    ...(hasBody ? { body: bodyOf(r), duplex: 'half' as const } : {}),
  });
}

function bodyOf(r: RequestRecord): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await r.body.pull();
        if (piece === null) controller.close();
        else controller.enqueue(piece);
      },
    },
    // Nothing is read that nobody asks for.
    { highWaterMark: 0 },
  );
}
