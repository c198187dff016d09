import type { Duplex } from 'node:stream';
import type { BodySource } from '../body/body-source.ts';

/**
 * What comes in on a socket. Nothing is taken that nobody asked for: a peer that sends more than Node's buffer holds has to
 * wait, and the socket can be given away with the rest still in it.
 */
export class SocketSource implements BodySource {
  readonly #socket: Duplex;
  readonly #onReadable = (): void => this.#deliver();
  readonly #onEnd = (): void => this.end();
  #listening = false;
  #ended = false;
  #failure: Error | undefined = undefined;
  #arrived: ((piece: Uint8Array | null) => void) | undefined = undefined;
  #failed: ((error: Error) => void) | undefined = undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** No more will come: the peer has closed its side, or the server is stopping. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Somebody waits for bytes. */
  get waiting(): boolean {
    return this.#arrived !== undefined;
  }

  pull(): Uint8Array | null | Promise<Uint8Array | null> {
    if (!this.#listening) this.#listen();
    const piece: Uint8Array | null = this.#socket.read();
    if (piece !== null) return piece;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#ended) return null;
    return new Promise((resolve, reject) => {
      this.#arrived = resolve;
      this.#failed = reject;
    });
  }

  /** Whoever reads gets the end of the input, behind what is there already. */
  end(): void {
    this.#ended = true;
    this.#settle(null);
  }

  /** Whoever reads gets `error`, now and later. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#arrived = undefined;
    this.#failed?.(error);
  }

  /** Leaves the socket to somebody else. */
  release(): void {
    this.#socket.off('readable', this.#onReadable).off('end', this.#onEnd);
  }

  #listen(): void {
    this.#listening = true;
    this.#socket.on('readable', this.#onReadable).on('end', this.#onEnd);
  }

  #deliver(): void {
    if (this.#arrived === undefined) return;
    const piece: Uint8Array | null = this.#socket.read();
    if (piece !== null) this.#settle(piece);
  }

  #settle(piece: Uint8Array | null): void {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    arrived?.(piece);
  }
}
