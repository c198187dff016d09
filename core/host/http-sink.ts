import type { ServerResponse } from 'node:http';
import { type FlatHeaders, NodeResponseSink } from '../response-sink.ts';
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
    super.start(status, reason, headers);
  }

  /**
   * Closing while a client is still sending resets the connection, and takes the answer away with it (RFC 9112 §9.6): the
   * end then waits until the rest has been read, for a while.
   */
  override end(chunk?: string | Uint8Array): void {
    if (!this.#exchange.hasUnreadBody) return super.end(chunk);
    if (chunk === undefined) this.#response.flushHeaders();
    else void super.write(chunk);
    void this.#endAfterBody();
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
