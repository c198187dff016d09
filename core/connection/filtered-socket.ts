import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { EOS } from '../filter/bucket.ts';
import type { ConnectionChannel } from './connection-channel.ts';

type Callback = (error?: Error | null) => void;

/** What HTTP has instead of a socket where bytes pass through a connection's filters. */
export class FilteredSocket extends Duplex {
  readonly #socket: Socket;
  readonly #channel: ConnectionChannel;

  constructor(socket: Socket, channel: ConnectionChannel) {
    super({ decodeStrings: true });
    this.#socket = socket;
    this.#channel = channel;
    channel.timeout = 0;
    channel.reader.forget();
    socket.on('timeout', () => this.emit('timeout'));
    socket.once('close', () => this.destroy());
  }

  /** Everything that Node's HTTP server and the engine ask of a socket is there. */
  get asSocket(): Socket {
    return this as unknown as Socket;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.#socket.remotePort;
  }

  get remoteFamily(): string | undefined {
    return this.#socket.remoteFamily;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.#socket.localPort;
  }

  /** Of the wire, as for every connection. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get bytesWritten(): number {
    return this.#socket.bytesWritten;
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    if (callback !== undefined) this.once('timeout', callback);
    this.#socket.setTimeout(milliseconds);
    return this;
  }

  setNoDelay(on?: boolean): this {
    this.#socket.setNoDelay(on);
    return this;
  }

  setKeepAlive(on?: boolean, delay?: number): this {
    this.#socket.setKeepAlive(on, delay);
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _read(): void {
    this.#channel.reader.read().then(
      (piece) => this.push(piece.length === 0 ? null : piece),
      (error: Error) => this.destroy(error),
    );
  }

  override _write(chunk: Buffer, _encoding: string, callback: Callback): void {
    void this.#settle(() => this.#channel.write(chunk), callback);
  }

  override _final(callback: Callback): void {
    void this.#settle(() => this.#channel.send(EOS), callback);
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#socket.destroy();
    callback(error);
  }

  async #settle(work: () => void | Promise<void>, callback: Callback): Promise<void> {
    let failure: Error | null = null;
    try {
      await work();
    } catch (error) {
      failure = error as Error;
    }
    callback(failure);
  }
}
