import { type RequestListener, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/**
 * Serves one connection, sends `text` as it is, and gives everything that came back until the server closed it. Rejects
 * where the server reset it.
 */
export async function rawRequest(listener: RequestListener, text: string): Promise<string> {
  const server = createServer({ keepAliveTimeout: 200 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      let received = '';
      socket.setEncoding('latin1');
      socket.on('data', (data) => (received += data));
      socket.on('error', reject);
      socket.on('close', () => resolve(received));
      socket.write(text);
    });
  } finally {
    server.close();
  }
}

/** A request without a body; the last one of a connection unless told otherwise. */
export function get(path: string, headers = 'Connection: close\r\n', method = 'GET'): string {
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
}
