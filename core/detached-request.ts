import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { BodyReader } from './body/body-reader.ts';
import { ConnectionRecord } from './connection-record.ts';
import type { Exchange } from './engine.ts';
import type { Generation } from './generation.ts';
import { pipeline } from './pipeline.ts';
import { RequestRecord } from './request-record.ts';
import type { ResponseSink } from './response-sink.ts';
import { ResponseWriter } from './response-writer.ts';

/** A request that comes from no socket. */
export interface DetachedRequest {
  /** `GET` by default. */
  readonly method?: string;
  /** Path and query, or an absolute URL, whose host and port then choose the server. */
  readonly url?: string;
  /** Of the request; Host is `localhost` by default. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  /** Of the request. */
  readonly body?: string | Uint8Array;
  /** `127.0.0.1` by default. */
  readonly clientIp?: string;
  /** The address that the client has connected to; `127.0.0.1` by default. */
  readonly localIp?: string;
}

/**
 * Makes the record of a request without a connection, whose answer goes into `sink`: for explaining and testing. Throws a
 * TypeError for a URL that is none.
 */
export function detachedRequest(
  generation: Pick<Generation, 'chooseServer'>,
  request: DetachedRequest,
  sink: ResponseSink,
): RequestRecord {
  const { method = 'GET', url = '/', body = '' } = request;
  const absolute = url.startsWith('/') || url === '*' ? undefined : new URL(url);
  const entries = Array.isArray(request.headers) ? request.headers : Object.entries(request.headers ?? {});
  const rawHeaders: string[] = entries.flat();
  const names = new Set(entries.map(([name]: readonly [string, string]) => name.toLowerCase()));
  if (!names.has('host')) rawHeaders.push('Host', absolute?.host ?? 'localhost');
  if (body.length > 0 && !names.has('content-length'))
    rawHeaders.push('Content-Length', String(Buffer.byteLength(body)));
  const target = absolute === undefined ? url : absolute.pathname + absolute.search;
  const connection = new ConnectionRecord(detachedSocket(request, absolute));
  const host = rawHeaders[rawHeaders.findIndex((name, at) => at % 2 === 0 && name.toLowerCase() === 'host') + 1];
  const server = generation.chooseServer(connection, host);
  connection.server = generation.chooseServer(connection, undefined);
  const exchange = new DetachedExchange(sink, body);
  const r = new RequestRecord({ method, url: target, httpVersion: '1.1', rawHeaders }, connection, server, exchange);
  exchange.r = r;
  return r;
}

function detachedSocket(
  { clientIp = '127.0.0.1', localIp = '127.0.0.1' }: DetachedRequest,
  url: URL | undefined,
): Socket {
  const port = url === undefined || url.port === '' ? 80 : Number(url.port);
  const addresses = {
    remoteAddress: clientIp,
    remotePort: 0,
    localAddress: localIp,
    localPort: port,
    destroyed: false,
  };
  return (url?.protocol === 'https:' ? { ...addresses, encrypted: true } : addresses) as unknown as Socket;
}

class DetachedExchange implements Exchange {
  readonly engine = pipeline;
  readonly writer: ResponseWriter;
  readonly body: BodyReader;
  declare r: RequestRecord;
  #logged = false;

  constructor(sink: ResponseSink, body: string | Uint8Array) {
    this.writer = new ResponseWriter(sink, this);
    this.body = new BodyReader(Readable.from(body.length > 0 ? [Buffer.from(body)] : []), {
      limit: 0,
      timeout: { initial: 0, minRate: 0 },
    });
  }

  get bytesRead(): number {
    return this.body.bytesRead;
  }

  context(): never {
    throw new Error('this request came from no socket, so it has no Koa context');
  }

  log(): void {
    if (this.#logged) return;
    this.#logged = true;
    this.engine.logRequest(this.r);
  }

  depart(send: () => void): void {
    send();
  }
}
