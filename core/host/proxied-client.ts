import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';
import { ProxyProtocolError, readProxyHeader } from './proxy-protocol.ts';
import { readAhead } from './read-ahead.ts';

/** A client as its proxy describes it. */
export interface ProxiedClient {
  readonly ip: string;
  readonly port: number;
}

/** Whether a connection from this address begins, or may begin, with a header of the PROXY protocol. */
export function expectsProxyHeader(peerIp: string, config: Config): boolean {
  const { remoteIPProxyProtocol, remoteIPProxyProtocolExceptions: exceptions } = config;
  return remoteIPProxyProtocol !== 'Off' && !exceptions.some((range) => range.contains(peerIp));
}

/**
 * Takes the PROXY protocol's header off a new socket; undefined where the proxy names no client. Rejects where there must be
 * a header and isn't, or not a right one, with a ProxyProtocolError.
 */
export async function readProxiedClient(socket: Socket, config: Config): Promise<ProxiedClient | undefined> {
  const header = await readAhead(socket, readProxyHeader);
  if (header.kind === 'absent' && config.remoteIPProxyProtocol === 'On') {
    throw new ProxyProtocolError("the connection doesn't begin with its header");
  }
  return header.kind === 'client' ? header : undefined;
}
