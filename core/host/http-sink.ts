import type { ServerResponse } from 'node:http';
import { type FlatHeaders, NodeResponseSink } from '../response-sink.ts';
import { type DirectHead, answerDirectly, directHead, mayAnswerDirectly } from './direct-response.ts';
import { drainRequest } from './drain-request.ts';

/** More of an unread body isn't worth a kept connection. */
export const DRAIN_LIMIT = 65_536;
/** How long a client may go on sending a body that nobody wants. */
const LINGER_TIME = 2_000;

/** What decides about the connection. */
interface Connected {
  keepsConnection(status: number): boolean;
  readonly hasUnreadBody: boolean;
  readonly responseTouched: boolean;
}

/** The sink of a connection: closes it where the status or the config wants it, and clears away a body that nobody read. */
export class HttpSink extends NodeResponseSink {
  readonly #response: ServerResponse;
  readonly #exchange: Connected;
  /** A head that waits for the whole body, to leave in one piece with it. */
  #direct: DirectHead | undefined = undefined;

  constructor(response: ServerResponse, exchange: Connected) {
    super(response);
    this.#response = response;
    this.#exchange = exchange;
  }

  override start(status: number, reason: string | undefined, headers: FlatHeaders): void {
    if (this.#exchange.responseTouched) this.#joinWithSet(headers);
    if (!this.#exchange.keepsConnection(status)) {
      this.#response.shouldKeepAlive = false;
      // Node would believe a handler that wants to keep it.
      for (let at = headers.length - 2; at >= 0; at -= 2) {
        if (headers[at]!.toLowerCase() === 'connection') headers.splice(at, 2);
      }
      if (this.#exchange.responseTouched) this.#response.removeHeader('Connection');
    }
    this.#direct = this.#exchange.responseTouched ? undefined : directHead(this.#response, status, reason, headers);
    if (this.#direct === undefined) super.start(status, reason, headers);
  }

  override write(chunk: string | Uint8Array): void | Promise<void> {
    this.#startPlainly();
    return super.write(chunk);
  }

  override flush(): void {
    this.#startPlainly();
    super.flush();
  }

  /**
   * Closing while a client is still sending resets the connection, and takes the answer away with it (RFC 9112 §9.6): the
   * end then waits until the rest has been read, for a while.
   */
  override end(chunk?: string | Uint8Array): void {
    const hasUnreadBody = this.#exchange.hasUnreadBody;
    if (this.#direct !== undefined && !hasUnreadBody && mayAnswerDirectly(this.#response)) {
      return answerDirectly(this.#response, this.#direct, chunk);
    }
    this.#startPlainly();
    if (!hasUnreadBody) return super.end(chunk);
    if (chunk === undefined) this.#response.flushHeaders();
    else void super.write(chunk);
    void this.#endAfterBody();
  }

  /** The body comes in pieces, or something else is in the way: Node's own path. */
  #startPlainly(): void {
    if (this.#direct === undefined) return;
    const { status, reason, headers } = this.#direct;
    this.#direct = undefined;
    super.start(status, reason, headers);
  }

  /** Where headers were set one by one, \`writeHead\` takes only the last of several with the same name. */
  #joinWithSet(headers: FlatHeaders): void {
    for (let at = 0; at < headers.length; at += 2) this.#response.removeHeader(headers[at]!);
    for (let at = 0; at < headers.length; at += 2) this.#response.appendHeader(headers[at]!, headers[at + 1]!);
    headers.length = 0;
  }

  async #endAfterBody(): Promise<void> {
    const { req, shouldKeepAlive, socket } = this.#response;
    const drained = await drainRequest(req, shouldKeepAlive ? DRAIN_LIMIT : Number.POSITIVE_INFINITY, LINGER_TIME);
    super.end();
    // A body that was not read to its end would be taken for the next request.
    if (!drained) socket?.destroySoon();
  }
}
