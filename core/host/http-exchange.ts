import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'koa';
import { BodyReader } from '../body/body-reader.ts';
import type { Exchange } from '../engine.ts';
import type { Generation } from '../generation.ts';
import { pipeline } from '../pipeline.ts';
import type { RequestRecord } from '../request-record.ts';
import { ResponseWriter } from '../response-writer.ts';
import type { UpgradeOffer } from '../upgrade.ts';
import { sendInTurn } from '../turn.ts';
import { type ErrorStatus, httpError } from '../verdict.ts';
import { DRAIN_LIMIT, HttpSink } from './http-sink.ts';
import { http2Body } from './http2-body.ts';
import { http2StreamOf } from './http2-head.ts';
import { Http2Sink } from './http2-sink.ts';
import type { HeadSummary } from './request-head.ts';

/** Makes the Koa context of a request. */
export type MakeContext = (request: IncomingMessage, response: ServerResponse) => Context;

/** Requests whose client waits for a 100 (Continue), which is sent when somebody reads the body. */
export const awaitsContinue = new WeakSet<IncomingMessage>();

/** What the requests that ask for another protocol come with. */
export const upgradeOffers = new WeakMap<IncomingMessage, UpgradeOffer>();

/** Apache keeps no connection after these: the request's end may not be known, or the client is better off elsewhere. */
const closingStatuses: ReadonlySet<number> = new Set([400, 408, 411, 413, 414, 431, 500, 501, 503]);

/** One HTTP request and its response on Node's server, shared by all records that are made for it. */
export class HttpExchange implements Exchange {
  readonly engine = pipeline;
  readonly writer: ResponseWriter;
  readonly #generation: Generation;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #makeContext: MakeContext;
  readonly #head: HeadSummary;
  #body: BodyReader | undefined = undefined;
  #bodyFault: Error | undefined = undefined;
  #logged = false;
  #passedOn = false;
  /** Koa middleware or a handler has seen Node's response, and may have set headers on it. */
  responseTouched: boolean;
  /** Sends a request elsewhere that nobody in these phases answers. */
  readonly passOn: (() => Promise<void>) | undefined = undefined;
  /** The record that was made first; set as soon as there is one. */
  declare r: RequestRecord;

  constructor(
    generation: Generation,
    request: IncomingMessage,
    response: ServerResponse,
    head: HeadSummary,
    makeContext: MakeContext,
    responseTouched: boolean,
    passOn?: () => Promise<void>,
  ) {
    this.#generation = generation;
    this.#request = request;
    this.#response = response;
    this.#head = head;
    this.#makeContext = makeContext;
    this.responseTouched = responseTouched;
    if (passOn !== undefined) {
      this.passOn = () => {
        this.#passedOn = true;
        return passOn();
      };
    }
    const stream = http2StreamOf(request);
    const sink = stream === undefined ? new HttpSink(response, this) : new Http2Sink(stream, response, this);
    this.writer = new ResponseWriter(sink, this);
  }

  get body(): BodyReader {
    return (this.#body ??= this.#openBody());
  }

  get bytesRead(): number {
    return this.#body?.bytesRead ?? 0;
  }

  get upgrade(): UpgradeOffer | undefined {
    return upgradeOffers.get(this.#request);
  }

  get hasUnreadBody(): boolean {
    return this.#head.hasBody && this.#body?.ended !== true && !this.#request.readableEnded;
  }

  /** Whether the connection can take another request after an answer with `status`. */
  keepsConnection(status: number): boolean {
    if (closingStatuses.has(status) || this.#generation.closing) return false;
    const { connection, server } = this.r;
    const { keepAlive, keepAliveTimeout, maxKeepAliveRequests } = server.config;
    if (!keepAlive || keepAliveTimeout === 0 || this.#bodyFault !== undefined) return false;
    if (maxKeepAliveRequests > 0 && connection.requests >= maxKeepAliveRequests) return false;
    if (this.hasUnreadBody && (this.#head.contentLength ?? 0) - this.bytesRead > DRAIN_LIMIT) return false;
    return !isForbidden(this.r);
  }

  context(): Context {
    this.responseTouched = true;
    return this.#makeContext(this.#request, this.#response);
  }

  /** The response has left or can't leave any more. */
  closed(): void {
    if (this.#passedOn) this.r.status = this.#response.statusCode;
    else if (!this.writer.ended) this.r.abort(new Error('the client is gone'));
    this.log();
  }

  /** The log phase, once. */
  log(): void {
    if (this.#logged) return;
    this.#logged = true;
    this.engine.logRequest(this.r);
  }

  /**
   * Requests that came in together are all worked on before the first answer is written: each write drives our code out of
   * the processor's caches, and working in between would cost a short answer a third more.
   */
  depart(send: () => void): void {
    sendInTurn(send);
  }

  get complete(): boolean {
    return this.#request.complete;
  }

  /** The parser gave up within the body of this request, if true: whoever reads it gets the error. */
  failBody(status: number, message: string): boolean {
    if (this.#request.complete) return false;
    this.#bodyFault = httpError(status as ErrorStatus, message);
    if (this.#request.listenerCount('error') > 0) this.#request.emit('error', this.#bodyFault);
    return true;
  }

  #openBody(): BodyReader {
    const { config } = this.r;
    const { contentLength } = this.#head;
    const fault = this.#bodyFault;
    const stream = http2StreamOf(this.#request);
    const source = stream === undefined ? this.#request : http2Body(stream);
    return new BodyReader(fault === undefined ? source : { pull: () => Promise.reject(fault) }, {
      limit: config.limitRequestBody,
      timeout: config.requestReadTimeout.body,
      ...(contentLength === undefined ? {} : { declaredLength: contentLength }),
      ...(awaitsContinue.has(this.#request) ? { onFirstRead: () => this.#response.writeContinue() } : {}),
    });
  }
}

/** Apache's `nokeepalive`, set for clients that can't deal with it. */
function isForbidden(first: RequestRecord): boolean {
  for (let r: RequestRecord | undefined = first; r !== undefined; r = r.next) {
    if (r.hasEnv && r.env.has('nokeepalive')) return true;
  }
  return false;
}
