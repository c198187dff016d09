import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionRecord } from '../connection-record.ts';
import type { Generation } from '../generation.ts';
import { describe } from '../phase-walk.ts';
import { pipeline } from '../pipeline.ts';
import { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { headFault } from './head-fault.ts';
import { HttpExchange, type MakeContext } from './http-exchange.ts';
import { engineHead, summarizeHead } from './request-head.ts';

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

/**
 * From Node's request to the end of its response: makes the record and sends it on its way. `passOn` gets the requests that
 * nobody answers.
 */
export function handleRequest(
  generation: Generation,
  request: IncomingMessage,
  response: ServerResponse,
  makeContext: MakeContext,
  passOn?: () => Promise<void>,
): RequestRecord {
  const connection = connectionOf(request.socket);
  const head = summarizeHead(request);
  const exchange = new HttpExchange(generation, request, response, head, makeContext, passOn);
  const server = generation.chooseServer(connection, head.host);
  const r = new RequestRecord(engineHead(request, head.host), connection, server, exchange);
  exchange.r = r;
  if (generation.watched) r.trail = [];
  generation.enter();
  connection.begin(exchange);
  return r;
}

/** Runs the phases, and what comes after the response. */
export function serveRequest(generation: Generation, r: RequestRecord, fault: number | undefined): void {
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
