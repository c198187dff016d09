import { type ConnectionOptions, connect } from 'node:tls';

export interface Answer {
  readonly text: string;
  /** The name in the server's certificate. */
  readonly name: string | undefined;
  readonly protocol: string | null;
  readonly alpn: string | false | null;
}

/** Asks by TLS; resolves with what came until the server closed, rejects where there was no handshake. */
export function ask(port: number, options: ConnectionOptions = {}, request = get('a.test')): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    let text = '';
    const facts = {
      name: undefined as string | undefined,
      protocol: null as string | null,
      alpn: null as string | false | null,
    };
    socket.once('secureConnect', () => {
      facts.name = socket.getPeerX509Certificate()?.subject;
      facts.protocol = socket.getProtocol();
      facts.alpn = socket.alpnProtocol;
      socket.write(request);
    });
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject).on('close', () => resolve({ text, ...facts }));
  });
}

export const get = (host: string): string => `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
