import { type ClientHttp2Session, type IncomingHttpHeaders, type OutgoingHttpHeaders, connect } from 'node:http2';
import { type Server, createServer } from 'node:net';
import type { ConfigObject } from '../../../index.ts';
import type { Application } from '../../../core/host/application.ts';
import { Http2Host } from '../../../core/host/http2-server.ts';
import { createApp } from '../../../index.ts';
import { type CollectedLog, collectLog } from '../../../testing/index.ts';

export interface Http2Site {
  readonly app: Application;
  readonly host: Http2Host;
  readonly port: number;
  readonly log: CollectedLog;
  readonly session: ClientHttp2Session;
}

const opened: { readonly app: Application; readonly host: Http2Host; readonly server: Server }[] = [];
const sessions: ClientHttp2Session[] = [];

/** Serves a config on a free port that knows nothing but HTTP/2, until `closeHttp2Sites`. */
export async function serveHttp2(config: ConfigObject): Promise<Http2Site> {
  const log = collectLog();
  const app = createApp({ ...config, plugins: [log, ...(config.plugins ?? [])] });
  await app.ready();
  const host = new Http2Host(app);
  host.obey(app.generation);
  const server = createServer((socket) => host.serve(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  opened.push({ app, host, server });
  const { port } = server.address() as { port: number };
  return { app, host, port, log, session: connectTo(port) };
}

export async function closeHttp2Sites(): Promise<void> {
  for (const session of sessions.splice(0)) session.destroy();
  for (const { app, host, server } of opened.splice(0)) {
    host.cut();
    await new Promise((closed) => server.close(closed));
    await app.stop();
  }
}

export function connectTo(port: number): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  sessions.push(session);
  return session;
}

export interface Http2Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** How the stream ended; 0 is a good end. */
  readonly code: number;
  /** The statuses of interim answers. */
  readonly interim: readonly number[];
}

/** Sends a request, and gives whatever came back until the stream closed. */
export function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: string): Promise<Http2Answer> {
  return new Promise((resolve) => {
    const stream = session.request(headers, { endStream: body === undefined });
    const interim: number[] = [];
    let received: IncomingHttpHeaders = {};
    let text = '';
    stream.setEncoding('latin1');
    stream.on('headers', (fields) => interim.push(Number(fields[':status'])));
    stream.on('response', (fields) => (received = fields));
    stream.on('data', (piece: string) => (text += piece));
    stream.on('error', () => undefined);
    stream.on('close', () => {
      const status = received[':status'] as number | undefined;
      resolve({ status, headers: received, body: text, code: stream.rstCode ?? 0, interim });
    });
    if (body !== undefined) stream.end(body, 'latin1');
  });
}
