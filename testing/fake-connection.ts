import type { Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import type { Config } from '../core/config/directive.ts';
import { ConnectionChannel } from '../core/connection/connection-channel.ts';
import { ConnectionRecord } from '../core/connection-record.ts';
import { bareServer } from './bare-server.ts';
import { type LogLine, loggerInto } from './collect-log.ts';
import { Peer } from './peer.ts';

/** What the record should say. */
export interface FakeConnectionOptions {
  /** `127.0.0.1` by default. */
  readonly clientIp?: string;
  /** 49152 by default. */
  readonly clientPort?: number;
  /** `127.0.0.1` by default. */
  readonly localIp?: string;
  /** 80 by default. */
  readonly localPort?: number;
  /** Values for `connection.server.config` over the defaults. */
  readonly config?: Partial<Config>;
}

/** A connection without a network, and the client at its other end. */
export type FakeConnection = ConnectionRecord & {
  /** The client. */
  readonly peer: Peer;
  /** What was written to the error log. */
  readonly logged: readonly LogLine[];
  /** As if nothing had moved for as long as `timeout` says. */
  expire(): void;
};

/**
 * Makes a connection to call one handler with, and the client at its other end. No network is used, and time only passes by
 * `expire`.
 *
 * @example
 * const connection = fakeConnection();
 * const over = shout(connection);
 * connection.peer.send('hel', 'lo\n').end();
 * expect(await connection.peer.until(/\n/)).toBe('HELLO\n');
 * expect(await over).toBe(OK);
 */
export function fakeConnection(options: FakeConnectionOptions = {}): FakeConnection {
  const connection = freshConnection(options);
  connection.open(new ConnectionChannel(connection));
  return connection;
}

/** The same before any connection handler has it. */
export function freshConnection(options: FakeConnectionOptions): FakeConnection {
  const [near, far] = duplexPair();
  const logged: LogLine[] = [];
  const connection = new ConnectionRecord(fakeSocket(near, far, options));
  connection.server = bareServer(options.config ?? {}, loggerInto(logged));
  return Object.assign(connection, { peer: new Peer(far), logged, expire: () => void near.emit('timeout') });
}

/** What a connection asks of its socket: streams have most of it. */
function fakeSocket(near: Duplex, far: Duplex, options: FakeConnectionOptions): Socket {
  const { clientIp = '127.0.0.1', clientPort = 49_152, localIp = '127.0.0.1', localPort = 80 } = options;
  far.once('close', () => {
    if (!far.writableFinished) near.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  });
  near.once('close', () => far.destroy());
  return Object.assign(near, {
    remoteAddress: clientIp,
    remotePort: clientPort,
    localAddress: localIp,
    localPort,
    setTimeout: () => near,
  }) as unknown as Socket;
}
