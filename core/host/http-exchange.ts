import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'koa';
import { BodyReader } from '../body/body-reader.ts';
import type { Exchange } from '../engine.ts';
import { pipeline } from '../pipeline.ts';
import type { RequestRecord } from '../request-record.ts';
import { NodeResponseSink } from '../response-sink.ts';
import { ResponseWriter } from '../response-writer.ts';

/** Makes the Koa context of a request. */
export type MakeContext = (request: IncomingMessage, response: ServerResponse) => Context;

/** One HTTP request and its response on Node's server, shared by all records that are made for it. */
export class HttpExchange implements Exchange {
  readonly engine = pipeline;
  readonly writer: ResponseWriter;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #makeContext: MakeContext;
  #body: BodyReader | undefined = undefined;
  #logged = false;
  /** The record that was made first; set as soon as there is one. */
  declare r: RequestRecord;

  constructor(request: IncomingMessage, response: ServerResponse, makeContext: MakeContext) {
    this.#request = request;
    this.#response = response;
    this.#makeContext = makeContext;
    this.writer = new ResponseWriter(new NodeResponseSink(response), this);
  }

  get body(): BodyReader {
    return (this.#body ??= this.#openBody());
  }

  get bytesRead(): number {
    return this.#body?.bytesRead ?? 0;
  }

  context(): Context {
    return this.#makeContext(this.#request, this.#response);
  }

  /** The log phase, once. */
  log(): void {
    if (this.#logged) return;
    this.#logged = true;
    this.engine.logRequest(this.r);
  }

  #openBody(): BodyReader {
    const { config } = this.r;
    const declared = this.#request.headers['content-length'];
    const expectsContinue = this.#request.headers.expect !== undefined;
    return new BodyReader(this.#request, {
      limit: config.limitRequestBody,
      timeout: config.requestReadTimeout.body,
      ...(declared === undefined ? {} : { declaredLength: Number(declared) }),
      ...(expectsContinue ? { onFirstRead: () => this.#response.writeContinue() } : {}),
    });
  }
}
