import { connect } from 'node:net';
import type { ConfigObject } from '../core/config/define-config.ts';
import type { ConnectionHandler } from '../core/handler.ts';
import { createApp } from '../index.ts';
import { Peer } from './peer.ts';

/** A served connection handler. */
export interface TestConnection {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** A new client. */
  connect(): Peer;
  /** Stops the server, with some seconds for the handlers that run. */
  stop(): Promise<void>;
}

/**
 * Serves a connection handler, or a config with one, on a free port of 127.0.0.1. Rejects with the ConfigError where the
 * config is wrong.
 *
 * @example
 * const server = await testConnection(shout);
 * expect(await server.connect().send('hello\n').until(/\n/)).toBe('HELLO\n');
 * await server.stop();
 */
export async function testConnection(served: ConnectionHandler | ConfigObject): Promise<TestConnection> {
  const config = typeof served === 'function' ? { connectionHandler: served } : served;
  const app = createApp({ gracefulShutdownTimeout: 2, ...config, listen: '127.0.0.1:0' });
  const [url] = await app.start();
  const port = Number(new URL(url!).port);
  return { port, connect: () => new Peer(connect({ port, host: '127.0.0.1' })), stop: () => app.stop() };
}
