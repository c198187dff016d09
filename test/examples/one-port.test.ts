import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestConnection, testApp, testConnection } from '../../testing/index.ts';

const file = fileURLToPath(new URL('../../examples/one-port/one-port.ts', import.meta.url));
const hasPrograms = spawnSync('which', ['redis-cli', 'curl']).status === 0;
const run = promisify(execFile);

describe('The example of two protocols on one port', () => {
  let server: TestConnection;
  beforeAll(async () => {
    const sections = [{ route: '/:key', contentHandler: file }];
    server = await testConnection({ connectionHandler: file, sections });
  });
  afterAll(() => server.stop());

  it('has a config that is right', async () => {
    expect(await testApp(file.replace('one-port.ts', 'httpd.conf'))).toBeDefined();
  });

  it('serves both, by the first byte', async () => {
    const redis = server.connect().send('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n');
    await redis.until(/\+OK\r\n/);
    const http = server.connect().send('GET /k HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect((await http.closed).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nvalue$/s);
    redis.send('*2\r\n$3\r\nGET\r\n$1\r\nk\r\n');
    expect(await redis.until(/value/)).toBe('+OK\r\n$5\r\nvalue\r\n');
    redis.end();
    await redis.closed;
  });

  it('waits for a first byte that is late', async () => {
    const http = server.connect();
    await new Promise((resolve) => setTimeout(resolve, 50));
    http.send('G').send('ET /missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect((await http.closed).toString()).toMatch(/^HTTP\/1\.1 404 /);
  });

  const withPrograms = hasPrograms ? it : it.skip;
  withPrograms('serves redis-cli and curl (skipped where one of them is missing)', async () => {
    const port = String(server.port);
    expect((await run('redis-cli', ['-p', port, 'SET', 'greeting', 'grüezi'])).stdout).toBe('OK\n');
    expect((await run('curl', ['-s', `http://127.0.0.1:${port}/greeting`])).stdout).toBe('grüezi');
  });
});
