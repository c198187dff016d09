import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * Serves one request over a real connection: `handle` runs on the server, `talk` is the client. Gives what `handle`
 * gave.
 */
export async function onTheWire<T>(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<T>,
  talk: (socket: Socket) => unknown,
): Promise<T> {
  const server = createServer();
  const handled = new Promise<T>((resolve, reject) => {
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      handle(request, response)
        .then(resolve, reject)
        .finally(() => response.end());
    };
    server.on('request', serve).on('checkContinue', serve);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  await talk(socket);
  try {
    return await handled;
  } finally {
    socket.destroy();
    server.close();
  }
}

/** The head of a POST with these further header lines. */
export function post(...headers: string[]): string {
  return ['POST / HTTP/1.1', 'Host: x', ...headers, '', ''].join('\r\n');
}
