import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';
import { connectionOf } from './handle-request.ts';

/** How often the connections are looked at, in milliseconds, where no limit is shorter than a few of these. */
const INTERVAL = 1_000;
/** Looks within the shortest limit: a connection may outlive its limit by one of them. */
const LOOKS = 4;

/** What had moved on a connection when it was seen to move last. */
interface Sighting {
  moved: number;
  at: number;
}

/**
 * Closes the connections of HTTP/1 on which nothing moves: kept ones that have waited for the next request long enough, and
 * those whose client doesn't read. All are looked at now and then, since Node's timers, set twice for each request, cost a
 * short answer a tenth.
 */
export class ConnectionWatch {
  readonly #sightings = new Map<Socket, Sighting>();
  #keepAliveTimeout = 0;
  #timeout = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Takes the limits of a config, KeepAliveTimeout and Timeout; 0 is none. */
  obey({ keepAliveTimeout, timeout }: Config): void {
    this.#keepAliveTimeout = keepAliveTimeout * 1_000;
    this.#timeout = timeout * 1_000;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#sightings.size > 0) this.#start();
  }

  add(socket: Socket): void {
    this.#sightings.set(socket, { moved: 0, at: performance.now() });
    this.#start();
  }

  /** Something else than HTTP has it from now on. */
  forget(socket: Socket): void {
    this.#sightings.delete(socket);
  }

  #start(): void {
    const limits = [this.#keepAliveTimeout, this.#timeout].filter((limit) => limit > 0);
    if (this.#timer !== undefined || limits.length === 0) return;
    this.#timer = setInterval(() => this.#look(), Math.min(INTERVAL, ...limits.map((limit) => limit / LOOKS))).unref();
  }

  #look(): void {
    const now = performance.now();
    for (const [socket, sighting] of this.#sightings) {
      if (socket.destroyed) {
        this.#sightings.delete(socket);
        continue;
      }
      const limit = this.#limitOf(socket);
      const moved = bytesMoved(socket);
      if (limit === 0 || moved !== sighting.moved) {
        sighting.moved = moved;
        sighting.at = now;
      } else if (now - sighting.at >= limit) socket.destroy();
    }
    if (this.#sightings.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** How long nothing may move on a connection as it is now; a handler at work may take its time. */
  #limitOf(socket: Socket): number {
    const { active, requests } = connectionOf(socket);
    if (active === 0 && requests > 0) return this.#keepAliveTimeout;
    return active === 0 || socket.writableLength > 0 ? this.#timeout : 0;
  }
}

/** Bytes that have come in, and those that the system has taken of what goes out. */
function bytesMoved(socket: Socket): number {
  // Node's own time-out for sockets looks at it too: how much of a long piece hasn't left yet.
  // oxlint-disable-next-line no-underscore-dangle -- Node names it so
  const queued = (socket as { _handle?: { writeQueueSize?: number } | null })._handle?.writeQueueSize ?? 0;
  return socket.bytesRead + socket.bytesWritten - socket.writableLength - queued;
}
