import type { Socket } from 'node:net';
import type { Generation } from '../generation.ts';
import { connectionOf } from './handle-request.ts';
import { Http2Host } from './http2-server.ts';
import type { ServedApplication } from './http-server.ts';
import { type Found, readAhead } from './read-ahead.ts';

/** What a client sends first that knows the server to speak HTTP/2; RFC 9113 §3.4. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Whether some server wants the first bytes of its connections to be looked at. */
export function expectsPreface({ hosts }: Generation): boolean {
  return hosts.all.some(({ config }) => config.protocols.includes('h2c'));
}

/** Gives a socket to HTTP/2 or to HTTP/1: by what was agreed upon in TLS or, under `Protocols h2c`, by its first bytes. */
export class HttpVersions {
  readonly #application: ServedApplication;
  readonly #serveHttp1: (socket: Socket) => void;
  readonly #http2: Http2Host;
  /** They have sent nothing yet. */
  readonly #silent = new Set<Socket>();

  constructor(application: ServedApplication, serveHttp1: (socket: Socket) => void) {
    this.#application = application;
    this.#serveHttp1 = serveHttp1;
    this.#http2 = new Http2Host(application);
  }

  obey(generation: Generation): void {
    this.#http2.obey(generation);
  }

  serve(socket: Socket): void {
    const { hosts } = this.#application.loaded!;
    const { tls, localIp, localPort } = connectionOf(socket);
    if (tls?.alpnProtocol === 'h2') return this.#http2.serve(socket);
    const { config } = hosts.choose(localIp, localPort, undefined);
    if (tls !== undefined || !config.protocols.includes('h2c')) return this.#serveHttp1(socket);
    void this.#tellByPreface(socket, config.requestReadTimeout.header.initial);
  }

  /** Ends what is idle, and lets HTTP/2 sessions take no more streams. */
  close(): void {
    for (const socket of this.#silent) socket.destroy();
    this.#http2.close();
  }

  cut(): void {
    this.#http2.cut();
  }

  async #tellByPreface(socket: Socket, seconds: number): Promise<void> {
    const deadline = seconds > 0 ? setTimeout(() => socket.destroy(), seconds * 1_000) : undefined;
    this.#silent.add(socket);
    try {
      if (await readAhead(socket, findPreface)) this.#http2.serve(socket);
      else this.#serveHttp1(socket);
    } catch {
      // Gone before it said anything.
      socket.destroy();
    } finally {
      clearTimeout(deadline);
      this.#silent.delete(socket);
    }
  }
}

/** As soon as one byte differs, it is another protocol; nothing is taken away. */
function findPreface(bytes: Buffer): Found<boolean> | undefined {
  const count = Math.min(bytes.length, preface.length);
  if (preface.compare(bytes, 0, count, 0, count) !== 0) return { value: false, length: 0 };
  return bytes.length < preface.length ? undefined : { value: true, length: 0 };
}
