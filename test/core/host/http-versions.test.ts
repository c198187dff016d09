import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FrameClient, endHeaders, endStream, frame, requestFields } from './http2-frames.ts';
import { RawClient, closeSites, exchange, serve } from './raw-client.ts';

const run = promisify(execFile);

afterEach(closeSites);

const config = {
  protocols: ['h2c', 'http/1.1'],
  sections: [{ location: '/', contentHandler: (r: { protocol: string }) => `by ${r.protocol}` }],
} as const;

async function curl(...args: string[]): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--max-time', '5', ...args]);
  return stdout;
}

describe('one port', () => {
  it('speaks HTTP/2 to those who begin with its preface, and HTTP/1 to all others', async () => {
    const { url, port } = await serve(config);
    expect(await curl('--http2-prior-knowledge', url)).toBe('by HTTP/2.0');
    expect(await curl('--http1.1', url)).toBe('by HTTP/1.1');
    expect(await curl('--http1.0', url)).toBe('by HTTP/1.0');
    // It offers an upgrade to h2c, which nobody has to accept (RFC 9113 §3.1).
    expect(await curl('--http2', url)).toBe('by HTTP/1.1');
    expect(await exchange(port, 'PRI * HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('takes a preface that comes byte by byte', async () => {
    const { port } = await serve(config);
    const client = new RawClient(port);
    for (const byte of 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') {
      client.send(byte);
      await sleep(1);
    }
    client.socket.write(frame('settings', 0, 0));
    client.socket.write(frame('headers', endHeaders | endStream, 1, requestFields('GET')));
    await client.until(/by HTTP\/2\.0/);
    client.close();
  });

  it('speaks no HTTP/2 where the config does not say so', async () => {
    const { port } = await serve({ sections: config.sections });
    expect(await exchange(port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('closes a connection that stays silent', async () => {
    const { port } = await serve({ ...config, requestReadTimeout: 'header=1' });
    expect(await new RawClient(port).closed).toBe('');
    expect(await new RawClient(port).send('PR').closed).toBe('');
  });
});

describe('a server that stops', () => {
  it('tells HTTP/2 clients, finishes the streams that are open, and closes the idle and the silent', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { port, app } = await serve({
      ...config,
      gracefulShutdownTimeout: 5,
      sections: [{ location: '/', contentHandler: async () => (await held, 'the end') }],
    });
    const silent = new RawClient(port);
    const idle = new FrameClient(port);
    await idle.untilFrame('settings');
    const busy = new FrameClient(port).sendFrames(frame('headers', endHeaders | endStream, 1, requestFields('GET')));
    await sleep(50);
    const stopped = app.stop();
    await busy.untilFrame('goaway');
    await Promise.all([idle.closed, silent.closed]);
    release();
    await stopped;
    expect(await busy.closed).toContain('the end');
    expect(busy.codesOf('goaway')[0]).toBe(0);
  });

  it('cuts streams that take too long', async () => {
    const { port, app } = await serve({
      ...config,
      sections: [{ location: '/', contentHandler: () => new Promise<string>(() => undefined) }],
    });
    const busy = new FrameClient(port).sendFrames(frame('headers', endHeaders | endStream, 1, requestFields('GET')));
    await sleep(50);
    await app.stop();
    await busy.closed;
  });
});
