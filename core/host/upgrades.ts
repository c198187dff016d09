import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { UpgradeOffer } from '../upgrade.ts';
import { connectionOf } from './handle-request.ts';
import { upgradeOffers } from './http-exchange.ts';

/**
 * Whether a request may ask for another protocol: not with a body, which comes before the new protocol;
 * and not for HTTP/2, which Java's client asks for with every request.
 */
export function mayUpgrade({ httpVersion, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return httpVersion === '1.1' && !hasBody && headers.upgrade?.toLowerCase() !== 'h2c';
}

/**
 * Requests that ask for another protocol. Node's parser has let go of their connection by then, so that they are answered
 * by hand; the connection ends with the answer, unless a handler takes it over.
 */
export class Upgrades {
  readonly #listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly #serveHttp: (socket: Socket) => void;
  /** The connections that handlers have taken over, with what asks them to come to an end. */
  readonly #taken = new Map<Socket, () => void>();

  constructor(
    listener: (request: IncomingMessage, response: ServerResponse) => void,
    serveHttp: (socket: Socket) => void,
  ) {
    this.#listener = listener;
    this.#serveHttp = serveHttp;
  }

  answer(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const connection = connectionOf(socket);
    const answer = (): void => {
      if (mayUpgrade(request)) this.#offer({ request, socket, head, take: (conclude) => this.#take(socket, conclude) });
      else this.#readAnew(request, socket, head);
    };
    socket.on('error', () => socket.destroy());
    if (connection.active === 0) answer();
    else connection.whenIdle = answer;
  }

  /** Asks all handlers to come to an end. */
  conclude(): void {
    for (const conclude of this.#taken.values()) conclude();
  }

  cut(): void {
    for (const socket of this.#taken.keys()) socket.destroy();
  }

  #offer(offer: UpgradeOffer): void {
    const { request, socket } = offer;
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.destroySoon());
    upgradeOffers.set(request, offer);
    this.#listener(request, response);
  }

  #take(socket: Socket, conclude: () => void): void {
    this.#taken.set(socket, conclude);
    socket.once('close', () => this.#taken.delete(socket));
  }

  /** For older lines of Node: it gets the request once more, as one that asks for no upgrade; its body was not looked at. */
  #readAnew({ method, url, httpVersion, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer): void {
    let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at]!;
      const value = rawHeaders[at + 1]!;
      text += `${name}: ${name.toLowerCase() === 'connection' ? value.replace(/upgrade/gi, '') : value}\r\n`;
    }
    socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]));
    this.#serveHttp(socket);
  }
}
