import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type OutgoingHttpHeaders, type ServerHttp2Stream, constants } from 'node:http2';
import type { ServerResponse } from 'node:http';
import type { FlatHeaders, ResponseSink } from '../response-sink.ts';

/** What decides how a stream ends. */
interface Streamed {
  readonly hasUnreadBody: boolean;
  readonly responseTouched: boolean;
}

/** The sink of an HTTP/2 stream. The head waits for the first piece, so that an answer without a body is one frame. */
export class Http2Sink implements ResponseSink {
  readonly #stream: ServerHttp2Stream;
  /** Node's response for it, on which Koa middleware may have set headers. */
  readonly #response: ServerResponse;
  readonly #exchange: Streamed;
  #head: OutgoingHttpHeaders | undefined = undefined;

  constructor(stream: ServerHttp2Stream, response: ServerResponse, exchange: Streamed) {
    this.#stream = stream;
    this.#response = response;
    this.#exchange = exchange;
  }

  get aborted(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  start(status: number, _reason: string | undefined, headers: FlatHeaders): void {
    const head = toFields(headers);
    if (this.#exchange.responseTouched) {
      const set = this.#response.getHeaders();
      for (const name of Object.keys(set)) if (!connectionFields.has(name)) head[name] ??= set[name];
    }
    head[':status'] = status;
    this.#head = head;
  }

  write(chunk: string | Uint8Array): void | Promise<void> {
    const stream = this.#stream;
    this.#respond(false);
    if (stream.write(chunk) || this.aborted) return;
    return new Promise((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done);
        resolve();
      };
      stream.on('drain', done).on('close', done);
    });
  }

  flush(): void {
    this.#respond(false);
  }

  end(chunk?: string | Uint8Array): void {
    const stream = this.#stream;
    if (this.aborted) return;
    this.#respond(chunk === undefined);
    if (this.#exchange.hasUnreadBody) this.#refuseRest();
    if (chunk === undefined) stream.end();
    else stream.end(chunk);
  }

  /** A reset tells the client that the body is not whole; Node's `close` would end the body in good order first. */
  cut(): void {
    this.#stream.destroy(new Error('the response failed behind its head'));
  }

  interim(status: number, headers: FlatHeaders = []): void {
    if (status !== 100 && status !== 103) {
      throw new RangeError(`only 100 and 103 can be sent as interim responses, not ${status}`);
    }
    if (!this.aborted) this.#stream.additionalHeaders({ ...toFields(headers), ':status': status });
  }

  #respond(endStream: boolean): void {
    const head = this.#head;
    if (head === undefined) return;
    this.#head = undefined;
    if (!this.aborted) this.#stream.respond(head, { endStream });
  }

  /** The answer is complete, and the client needn't send what nobody reads; RFC 9113 §8.1. */
  #refuseRest(): void {
    const stream = this.#stream;
    const close = (): void => stream.close(constants.NGHTTP2_NO_ERROR);
    if (stream.writableFinished) close();
    else stream.once('finish', close);
  }
}

/** They speak of one connection, and have no meaning in HTTP/2; RFC 9113 §8.2.2. */
const connectionFields = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** The only fields that have several lines; Node refuses a second line of most others. */
const listFields = new Set(['set-cookie', 'www-authenticate', 'proxy-authenticate', 'link']);

/** As Node's HTTP/2 takes them. Throws for what HTTP doesn't allow. */
function toFields(headers: FlatHeaders): OutgoingHttpHeaders {
  const fields = Object.create(null) as Record<string, string | string[]>;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at]!.toLowerCase();
    const value = headers[at + 1]!;
    validateHeaderName(name);
    validateHeaderValue(name, value);
    if (connectionFields.has(name)) continue;
    const earlier = fields[name];
    if (earlier === undefined) fields[name] = value;
    else if (listFields.has(name)) fields[name] = [...[earlier].flat(), value];
    else fields[name] = `${String(earlier)}, ${value}`;
  }
  return fields;
}
