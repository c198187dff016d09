import { afterAll, describe, expect, it } from '@jest/globals';
import { closeSites, serve } from '../core/host/raw-client.ts';

afterAll(closeSites);

async function dumped(config: { dumpIOInput?: boolean; dumpIOOutput?: boolean }): Promise<string> {
  const site = await serve({
    ...config,
    logLevel: 'dumpio:trace7',
    contentHandler: async (r) => `got ${await r.text()}`,
  });
  const response = await fetch(new URL('/path', site.url), {
    method: 'POST',
    body: 'secret',
    headers: { 'X-Own': 'mine' },
  });
  expect(await response.text()).toBe('got secret');
  return site.log.messages('trace7').join('\n');
}

describe('DumpIOInput and DumpIOOutput', () => {
  it('log what comes in, head and body', async () => {
    const log = await dumped({ dumpIOInput: true });
    expect(log).toContain('dumpio_in (data): POST /path HTTP/1.1\r\n');
    expect(log).toMatch(/x-own: mine/i);
    expect(log).toContain('secret');
    expect(log).not.toContain('dumpio_out');
  });

  it('log what goes out', async () => {
    const log = await dumped({ dumpIOOutput: true });
    expect(log).toContain('dumpio_out (data): HTTP/1.1 200 OK\r\n');
    expect(log).toContain('got secret');
    expect(log).not.toContain('dumpio_in');
  });

  it('log nothing where both are off', async () => {
    expect(await dumped({ dumpIOInput: false })).toBe('');
  });
});
