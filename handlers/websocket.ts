import type { WebSocket } from 'ws';
import type { ContentHandler } from '../core/handler.ts';
import { describe } from '../core/phase-walk.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { takeOver } from '../core/upgrade.ts';
import { OK } from '../core/verdict.ts';
import { checkHandshake } from './websocket/check-handshake.ts';
import { webSocketDirectives } from './websocket/directives.ts';
import { loadWs } from './websocket/load-ws.ts';
import { pingPeer } from './websocket/ping-peer.ts';

/** What WebSockets are held to. */
export const webSockets = definePlugin({ name: 'websocket', directives: webSocketDirectives });

/** What a WebSocket handler accepts. */
export interface WebSocketOptions {
  /** Subprotocols that are spoken, the preferred one first; the client's are not accepted otherwise. */
  readonly protocols?: readonly string[];
}

/** RFC 6455 §7.4.1 */
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;

/**
 * Makes a content handler that speaks WebSocket, by the package `ws`. All phases before content have had their say by then:
 * `r.user` is known. An error that `accept` throws or rejects with is logged, and closes the socket with 1011.
 *
 * @throws {Error} where `ws` isn't installed.
 * @example
 * export const contentHandler = websocket((socket, r) => {
 *   socket.send(`Hello ${r.user ?? 'stranger'}!`);
 *   socket.on('message', (text) => socket.send(String(text).toUpperCase()));
 * });
 */
export function websocket(
  accept: (socket: WebSocket, r: RequestRecord) => unknown,
  { protocols = [] }: WebSocketOptions = {},
): ContentHandler {
  const { WebSocketServer } = loadWs();
  return (r) => {
    const { webSocketOrigin, webSocketMaxMessage, webSocketCompression } = r.config;
    checkHandshake(r, webSocketOrigin);
    let accepted: WebSocket | undefined;
    const conclude = (): void => accepted?.close(GOING_AWAY, 'the server is stopping');
    const { request, socket, head, headers } = takeOver(r, 'websocket', conclude);
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: webSocketMaxMessage,
      perMessageDeflate: webSocketCompression,
      handleProtocols: (offered) => protocols.find((name) => offered.has(name)) ?? false,
    });
    server.on('headers', (lines) => {
      for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
    });
    server.on('wsClientError', (error) => {
      r.log(`WebSocket handshake: ${error.message}`, 'info', 'websocket');
      socket.destroy();
    });
    server.handleUpgrade(request, socket, head, (opened) => {
      accepted = opened;
      serve(opened, r, accept);
    });
    return OK;
  };
}

function serve(socket: WebSocket, r: RequestRecord, accept: (socket: WebSocket, r: RequestRecord) => unknown): void {
  const { webSocketPingInterval } = r.config;
  const { step } = r;
  socket.on('error', (error) => r.log(`WebSocket: ${error.message}`, 'info', 'websocket'));
  if (webSocketPingInterval > 0) pingPeer(socket, webSocketPingInterval);
  const fail = (error: unknown): void => {
    r.log(`content handler ${step?.name}: ${describe(error)}`, 'error', step?.plugin);
    socket.close(INTERNAL_ERROR);
  };
  try {
    Promise.resolve(accept(socket, r)).catch(fail);
  } catch (error) {
    fail(error);
  }
}
