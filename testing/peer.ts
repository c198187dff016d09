import type { Duplex } from 'node:stream';

/** The other end of a connection, as a test holds it. */
export class Peer {
  readonly #stream: Duplex;
  readonly #received: Buffer[] = [];
  /** Everything that came, once the connection is closed. */
  readonly closed: Promise<Buffer>;

  constructor(stream: Duplex) {
    this.#stream = stream;
    // That the connection was reset is seen by its having been closed.
    stream.on('data', (chunk: Buffer) => this.#received.push(chunk)).on('error', () => undefined);
    this.closed = new Promise((resolve) => stream.on('close', () => resolve(this.received)));
  }

  /** What has come in so far. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** The same as text. */
  get text(): string {
    return this.received.toString();
  }

  /** Each chunk is a write of its own. */
  send(...chunks: readonly (string | Uint8Array)[]): this {
    for (const chunk of chunks) this.#stream.write(chunk);
    return this;
  }

  /** Closes this side; what the other side still sends is received. */
  end(): this {
    this.#stream.end();
    return this;
  }

  /** Goes away without a word. */
  abort(): this {
    if ('resetAndDestroy' in this.#stream) (this.#stream as { resetAndDestroy(): void }).resetAndDestroy();
    else this.#stream.destroy();
    return this;
  }

  /** Reads nothing until `resume`. */
  pause(): this {
    this.#stream.pause();
    return this;
  }

  /** Reads again. */
  resume(): this {
    this.#stream.resume();
    return this;
  }

  /** Resolves with the text when `pattern` is found in it, or so many bytes are there; rejects when the connection closes before. */
  async until(pattern: RegExp | number): Promise<string> {
    const isThere = (): boolean =>
      typeof pattern === 'number' ? this.received.length >= pattern : pattern.test(this.text);
    while (!isThere()) {
      if (this.#stream.closed)
        throw new Error(`the connection was closed after ${JSON.stringify(this.text)}, before ${pattern} came`);
      await new Promise((resolve) => this.#stream.once('data', resolve).once('close', resolve));
    }
    return this.text;
  }
}
