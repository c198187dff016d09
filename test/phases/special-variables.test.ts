import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';

const sections: NonNullable<ConfigObject['sections']> = [
  {
    location: '/stream',
    async contentHandler(r: RequestRecord) {
      await r.write('one ');
      await r.flush();
      return 'two';
    },
  },
  { location: '/page', contentHandler: () => 'page', header: ['set', 'Vary', 'Cookie'] },
];

/** Everything that comes back until the server closes a connection that the client wants to keep. */
async function answer(variables: string, path: string, version = '1.1'): Promise<string> {
  const app = await testApp({ errorLog: '/dev/null', browserMatch: `^old ${variables}`, sections });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(`GET ${path} HTTP/${version}\r\nHost: a.test\r\nUser-Agent: old\r\nConnection: keep-alive\r\n\r\n`);
  await closed;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return received;
}

describe('the special variables', () => {
  it('downgrade-1.0 ends a body of unknown length with the connection', async () => {
    const text = await answer('downgrade-1.0', '/stream');
    expect(text).toMatch(/\r\n\r\none two$/);
    expect(text).not.toMatch(/transfer-encoding/i);
  });

  it('force-response-1.0 closes the connection of a client that speaks HTTP/1.0', async () => {
    expect(await answer('force-response-1.0', '/page', '1.0')).toMatch(/\r\nConnection: close\r\n/);
  });

  it('force-no-vary sends no Vary, and closes the connection', async () => {
    const text = await answer('force-no-vary', '/page');
    expect(text).not.toMatch(/vary/i);
    expect(text).toMatch(/\r\nConnection: close\r\n[^]*page$/);
  });

  it('suppress-error-charset leaves the charset out of error pages', async () => {
    expect(await answer('suppress-error-charset nokeepalive', '/missing')).toMatch(/\r\nContent-Type: text\/html\r\n/);
    expect(await answer('nokeepalive', '/missing')).toMatch(/\r\nContent-Type: text\/html; charset=utf-8\r\n/);
  });
});
