import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../../index.ts';
import { makeSite } from '../../../testing/index.ts';
import { RawClient, closeSites, exchange, serve, statusesIn } from './raw-client.ts';

afterEach(closeSites);

const hello = { location: '/', contentHandler: () => 'hello' };
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a connection on which nothing moves', () => {
  it('is closed when it has been kept for KeepAliveTimeout', async () => {
    const { port } = await serve({ keepAliveTimeout: 1, sections: [hello] });
    expect(statusesIn(await exchange(port, get))).toEqual([200]);
  });

  it('is closed after Timeout where nothing was ever asked, and nothing says when a head is late', async () => {
    const { port } = await serve({ timeout: 1, requestReadTimeout: 'header=0' });
    expect(await new RawClient(port).closed).toBe('');
  });

  it('is kept as long as requests come', async () => {
    const { port } = await serve({ keepAliveTimeout: 1, sections: [hello] });
    const client = new RawClient(port);
    for (let requests = 1; requests <= 4; requests++) {
      await client.send(get).until(/hello/, requests);
      await wait(700);
    }
    expect(client.socket.closed).toBe(false);
    client.close();
  });

  it('has the limits of a config that was read meanwhile', async () => {
    const site = makeSite({ 'httpd.conf': 'KeepAliveTimeout 600\n' });
    const app = createApp(site.path('httpd.conf'));
    const [url = ''] = await app.start(0);
    const client = new RawClient(Number(new URL(url).port)).send(get);
    await client.until(/404/);
    site.write({ 'httpd.conf': 'KeepAliveTimeout 1\n' });
    await app.reload();
    expect(statusesIn(await client.closed)).toEqual([404]);
    await app.stop();
  });

  it('is cut where the client does not read, with the handler told', async () => {
    let ended = false;
    const { port } = await serve({
      timeout: 1,
      sections: [
        {
          location: '/',
          async contentHandler(r) {
            while (!r.signal.aborted) await r.write(Buffer.alloc(65_536));
            ended = true;
            return 'late';
          },
        },
      ],
    });
    const client = new RawClient(port);
    client.socket.pause();
    client.send(get);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    client.socket.resume();
    await client.closed;
    expect(ended).toBe(true);
  });

  it('is not cut where the client reads slowly', async () => {
    const body = Buffer.alloc(10_000_000, 'x');
    const { port } = await serve({ timeout: 1, sections: [{ location: '/', contentHandler: () => body }] });
    const client = new RawClient(port).send('GET / HTTP/1.0\r\n\r\n');
    for (let wanted = 1_500_000; wanted < body.length; wanted += 1_500_000) {
      while (client.received.length < wanted) await new Promise((resolve) => client.socket.once('data', resolve));
      client.socket.pause();
      await wait(500);
      client.socket.resume();
    }
    expect((await client.closed).length).toBeGreaterThan(body.length);
  });

  it('is not cut by Timeout while a handler is at work', async () => {
    const contentHandler = () => new Promise<string>((resolve) => setTimeout(resolve, 1_600, 'slow'));
    const { port } = await serve({ timeout: 1, sections: [{ location: '/', contentHandler }] });
    expect(await exchange(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/slow$/);
  });
});
