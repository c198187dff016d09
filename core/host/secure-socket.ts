import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { plainAddress } from '../plain-address.ts';
import type { ServerRecord } from '../server-record.ts';
import { readClientHello } from '../tls/client-hello.ts';
import { tlsHostOf } from '../tls/tls-host.ts';
import type { VirtualHosts } from '../virtual-hosts.ts';
import { readAhead } from './read-ahead.ts';
import { answerAndClose } from './refusal.ts';

/** A socket that speaks TLS, and the server that its client named; the address's own where it named none. */
export interface SecuredSocket {
  readonly socket: TLSSocket;
  readonly server: ServerRecord;
}

/**
 * Makes TLS of a new socket, with the certificate and the demands of the server that the client names. Rejects with an
 * Error that says why there is no such connection; the socket is closed, or about to be, by then.
 */
export async function secureSocket(
  socket: Socket,
  addressed: ServerRecord,
  hosts: VirtualHosts,
): Promise<SecuredSocket> {
  const first = await readAhead(socket, (bytes) => {
    const value = readClientHello(bytes);
    return value && { value, length: 0 };
  });
  if (first.kind === 'noTls') {
    answerAndClose(socket.resume(), 400, plainHttpHint);
    throw new Error('plain HTTP was spoken to a port for HTTPS');
  }
  const { localAddress = '', localPort = 0 } = socket;
  const named = hosts.choose(plainAddress(localAddress), localPort, first.serverName);
  const host = tlsHostOf(named) ?? tlsHostOf(addressed)!;
  const secured = await host.handshake(socket);
  const fault = host.clientFault(secured);
  if (fault === undefined) return { socket: secured, server: host.server };
  secured.destroy();
  throw new Error(fault);
}

const plainHttpHint =
  "\n<p>You're speaking plain HTTP to a port for HTTPS. Use the https scheme to get to this address, please.</p>";
