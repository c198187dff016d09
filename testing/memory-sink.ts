import type { FlatHeaders, ResponseSink } from '../core/response-sink.ts';
import { Table } from '../core/table.ts';

/** What a client would have received. */
export interface SentResponse {
  /** The status of the answer. */
  readonly status: number;
  /** The headers of the answer. */
  readonly headers: Table;
  /** The body. */
  readonly body: Buffer;
  /** The body as text. */
  readonly text: string;
  /** True where the connection was cut before the end. */
  readonly cut: boolean;
}

/** Keeps a response instead of sending it. */
export class MemorySink implements ResponseSink {
  readonly aborted = false;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: FlatHeaders = [];
  #cut = false;

  get sent(): SentResponse {
    const body = Buffer.concat(this.#chunks);
    return {
      status: this.#status,
      headers: new Table([...this.#headers]),
      body,
      text: body.toString(),
      cut: this.#cut,
    };
  }

  start(status: number, _reason: string | undefined, headers: FlatHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  write(chunk: string | Uint8Array): void {
    this.#chunks.push(Buffer.from(chunk as string));
  }

  flush(): void {}

  end(chunk?: string | Uint8Array): void {
    if (chunk !== undefined) this.write(chunk);
  }

  cut(): void {
    this.#cut = true;
  }

  interim(): void {}
}
