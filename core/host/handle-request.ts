import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionRecord } from '../connection-record.ts';
import type { Generation } from '../generation.ts';
import { describe } from '../phase-walk.ts';
import { pipeline } from '../pipeline.ts';
import { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { type MakeContext, HttpExchange } from './http-exchange.ts';
import { headFault } from './head-fault.ts';

const connections = new WeakMap<Socket, ConnectionRecord>();

/** The record of a socket, made at its first request. */
export function connectionOf(socket: Socket): ConnectionRecord {
  let connection = connections.get(socket);
  if (connection === undefined) {
    connection = new ConnectionRecord(socket);
    connections.set(socket, connection);
  }
  return connection;
}

/** From Node's request to the end of its response: makes the record and sends it on its way. */
export function handleRequest(
  generation: Generation,
  request: IncomingMessage,
  response: ServerResponse,
  makeContext: MakeContext,
): void {
  const connection = connectionOf(request.socket);
  const exchange = new HttpExchange(request, response, makeContext);
  const server = generation.chooseServer(connection, request.headers.host);
  const r = new RequestRecord(request, connection, server, exchange);
  exchange.r = r;
  if (generation.watched) r.trail = [];
  connection.active++;
  const served = serveSafely(r, headFault(request, server.config));
  response.once('close', () => {
    connection.active--;
    connection.keepalives++;
    if (!exchange.writer.ended) r.abort(new Error('the client is gone'));
    exchange.log();
    // A handler that is still at work may need what its cleanups release.
    if (isThenable(served)) void served.then(() => pipeline.cleanUp(r));
    else pipeline.cleanUp(r);
  });
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
