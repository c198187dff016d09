import { STATUS_CODES, type ServerResponse } from 'node:http';

/** Name, value, name, value, … */
export type FlatHeaders = string[];

/** The way out of the engine: what puts a finished head and body on the wire. */
export interface ResponseSink {
  /** True when the client is gone; nothing more can be sent. */
  readonly aborted: boolean;
  /** The head; it may wait for the first piece. Throws for a header that HTTP doesn't allow, with nothing sent. */
  start(status: number, reason: string | undefined, headers: FlatHeaders): void;
  /** One piece; the promise is back-pressure. */
  write(chunk: string | Uint8Array): void | Promise<void>;
  /** Everything written must leave now. */
  flush(): void;
  /** The last piece, if any, and the end. */
  end(chunk?: string | Uint8Array): void;
  /** Cuts the connection, so that the client sees that the body is not whole. */
  cut(): void;
  /** An interim 1xx response. */
  interim(status: number, headers?: FlatHeaders): void;
}

const notAscii = /[^\0-\x7f]/;

/** The sink that is always right: Node's own ServerResponse through its public API. */
export class NodeResponseSink implements ResponseSink {
  readonly #response: ServerResponse;
  /** Node sends a head together with the text that follows in that text's encoding; such a head must go by itself. */
  #needsBytes = false;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get aborted(): boolean {
    return this.#response.destroyed || this.#response.socket?.destroyed === true;
  }

  start(status: number, reason: string | undefined, headers: FlatHeaders): void {
    this.#needsBytes = headers.some((text) => notAscii.test(text));
    // Left to itself, Node keeps the reason of a head that it refused.
    this.#response.writeHead(status, reason ?? STATUS_CODES[status] ?? 'Unknown', headers);
  }

  write(chunk: string | Uint8Array): void | Promise<void> {
    if (this.#response.write(this.#encoded(chunk)) || this.aborted) return;
    return new Promise((resolve) => {
      const response = this.#response;
      const done = (): void => {
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.on('drain', done).on('close', done);
    });
  }

  flush(): void {
    this.#response.flushHeaders();
  }

  end(chunk?: string | Uint8Array): void {
    this.#response.end(chunk === undefined ? undefined : this.#encoded(chunk));
  }

  cut(): void {
    const { socket, req } = this.#response;
    if (socket === null) return void this.#response.destroy();
    // What was written still leaves: the missing end tells that it is not all. In HTTP/1.0 the end of the connection is the
    // end of the body, so that only a reset tells.
    if (req.httpVersion === '1.0') return void socket.resetAndDestroy();
    // Newer Node lines keep the chunks of one turn in the response first.
    for (let corks = this.#response.writableCorked; corks > 0; corks--) this.#response.uncork();
    socket.destroySoon();
  }

  #encoded(chunk: string | Uint8Array): string | Uint8Array {
    return this.#needsBytes && typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }

  interim(status: number, headers: FlatHeaders = []): void {
    if (status === 100) return this.#response.writeContinue();
    const byName: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    for (let at = 0; at < headers.length; at += 2) (byName[headers[at]!] ??= []).push(headers[at + 1]!);
    if (status === 103) this.#response.writeEarlyHints(byName);
    else throw new RangeError(`only 100 and 103 can be sent as interim responses, not ${status}`);
  }
}
