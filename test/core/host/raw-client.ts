import { type Socket, connect } from 'node:net';
import type { ConfigObject } from '../../../index.ts';
import type { Application } from '../../../core/host/application.ts';
import { createApp } from '../../../index.ts';
import { type CollectedLog, collectLog } from '../../../testing/index.ts';

export interface Site {
  readonly app: Application;
  readonly port: number;
  readonly url: string;
  readonly log: CollectedLog;
}

const sites: Application[] = [];

/** Serves a config on a free port of 127.0.0.1 until `closeSites`. */
export async function serve(config: ConfigObject): Promise<Site> {
  const log = collectLog();
  const app = createApp({
    listen: '127.0.0.1:0',
    gracefulShutdownTimeout: 0,
    ...config,
    plugins: [log, ...(config.plugins ?? [])],
  });
  sites.push(app);
  const [url] = await app.start();
  return { app, port: Number(new URL(url!).port), url: url!, log };
}

export async function closeSites(): Promise<void> {
  await Promise.all(sites.splice(0).map((app) => app.stop()));
}

/** What a raw connection has received. */
export class RawClient {
  readonly socket: Socket;
  received = '';
  readonly closed: Promise<string>;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').setEncoding('latin1');
    this.socket.on('data', (text: string) => (this.received += text));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve(this.received)));
  }

  send(raw: string): this {
    this.socket.write(raw, 'latin1');
    return this;
  }

  /** Resolves when `pattern` has arrived as many times as said; rejects when the connection closes before. */
  async until(pattern: RegExp, times = 1): Promise<string> {
    const count = (): number => this.received.match(new RegExp(pattern, 'gs'))?.length ?? 0;
    while (count() < times) {
      if (this.socket.closed) throw new Error(`closed after ${JSON.stringify(this.received)}`);
      await new Promise((resolve) => this.socket.once('data', resolve).once('close', resolve));
    }
    return this.received;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Sends bytes and gives what came until the server closed. */
export function exchange(port: number, raw: string): Promise<string> {
  return new RawClient(port).send(raw).closed;
}

/** The statuses of the responses in `received`. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
