import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionRecord } from '../connection-record.ts';
import type { Generation } from '../generation.ts';
import { describe } from '../phase-walk.ts';
import { pipeline } from '../pipeline.ts';
import { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { beginInTurn, endTurnEarly } from '../turn.ts';
import { headFault } from './head-fault.ts';
import { HttpExchange, type MakeContext } from './http-exchange.ts';
import { http2StreamOf, readHttp2Head, socketBelow } from './http2-head.ts';
import { summarizeHead } from './request-head.ts';

const connections = new WeakMap<Socket, ConnectionRecord>();

/** The record of a socket, made at its first request. */
export function connectionOf(socket: Socket): ConnectionRecord {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection = new ConnectionRecord(socket);
  keepConnection(connection);
  return connection;
}

/** Makes the record of a connection known by the socket that HTTP gets. */
export function keepConnection(connection: ConnectionRecord): void {
  const { socket } = connection;
  connections.set(socket, connection);
  // Node gives up what is not answered when a client closes its side.
  socket.prependListener('end', endTurnEarly);
}

/** What Koa middleware around the phases has to say. */
export interface Behind {
  /** Response headers that are set already. */
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  /** Gets the requests that nobody answers. */
  readonly passOn?: () => Promise<void>;
}

/** From Node's request to the end of its response: makes the record and sends it on its way. */
export function handleRequest(
  generation: Generation,
  request: IncomingMessage,
  response: ServerResponse,
  makeContext: MakeContext,
  behind?: Behind,
): void {
  const stream = http2StreamOf(request);
  // A client may be gone before the config is read.
  if (stream?.destroyed === true) return;
  const connection = connectionOf(stream === undefined ? request.socket : socketBelow(stream));
  connection.server ??= generation.chooseServer(connection, undefined);
  const head = stream === undefined ? summarizeHead(request) : readHttp2Head(stream, request);
  const exchange = new HttpExchange(
    generation,
    request,
    response,
    head,
    makeContext,
    behind !== undefined,
    behind?.passOn,
  );
  const server = generation.chooseServer(connection, head.host);
  const r = new RequestRecord(head.request, connection, server, exchange);
  exchange.r = r;
  beginInTurn(r.started);
  if (behind !== undefined) {
    for (const [name, values] of behind.headers) for (const value of values) r.errHeadersOut.append(name, value);
  }
  if (generation.watched) r.trail = [];
  generation.enter();
  connection.beginRequest(exchange);
  const served = serveSafely(r, headFault(head, server.config));
  response.on('close', closed);

  function closed(): void {
    connection.endRequest();
    exchange.closed();
    // A handler that is still at work may need what its cleanups release.
    if (isThenable(served)) void served.then(() => finish(r, generation));
    else finish(r, generation);
  }
}

function finish(r: RequestRecord, generation: Generation): void {
  pipeline.cleanUp(r);
  generation.leave();
}

function serveSafely(r: RequestRecord, fault: number | undefined): void | Promise<void> {
  try {
    const served = pipeline.serve(r, fault);
    return isThenable(served) ? served.catch((error: unknown) => engineFailure(r, error)) : served;
  } catch (error) {
    return engineFailure(r, error);
  }
}

/** Not reached unless the engine itself has a fault: say so, and don't leave the client waiting. */
function engineFailure(r: RequestRecord, error: unknown): void {
  r.log(`the engine failed: ${describe(error)}`, 'crit', 'core');
  r.exchange.writer.cut();
}
