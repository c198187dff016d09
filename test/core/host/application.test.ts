import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa, { type Context } from 'koa';
import request from 'supertest';
import { createApp, mount } from '../../../index.ts';
import { RawClient, closeSites, serve } from './raw-client.ts';

afterEach(closeSites);

const hello = { location: '/hello', contentHandler: () => 'hello' };
const get = 'GET /hello HTTP/1.1\r\nHost: a\r\n\r\n';

describe('middleware in front', () => {
  it('sets headers that answers and errors keep, joined with those of handlers', async () => {
    const app = createApp({
      sections: [
        {
          location: '/hello',
          contentHandler: (r) => {
            r.headersOut.set('Vary', 'Accept');
            r.headersOut.append('Set-Cookie', 'b=2');
            return 'hello';
          },
        },
        { location: '/bad', contentHandler: () => 403 },
      ],
    });
    app.use((context, next) => {
      context.set('Access-Control-Allow-Origin', '*');
      context.set('Vary', 'Origin');
      context.append('Set-Cookie', 'a=1');
      return next();
    });
    const good = await request(app.callback())
      .get('/hello')
      .expect(200, 'hello')
      .expect('Access-Control-Allow-Origin', '*');
    expect(good.get('Vary')).toBe('Origin, Accept');
    expect(good.get('Set-Cookie')?.toSorted()).toEqual(['a=1', 'b=2']);
    await request(app.callback()).get('/bad').expect(403).expect('Access-Control-Allow-Origin', '*');
  });

  it('shares its context with handlers', async () => {
    let seen: Context | undefined;
    const app = createApp({ sections: [{ location: '/', contentHandler: (r) => String(r.ctx === seen) }] });
    app.use((context, next) => ((seen = context), next()));
    await request(app.callback()).get('/').expect('true');
  });

  it('answers what it throws as Koa does, and lets the rest through', async () => {
    const app = createApp({ sections: [hello] });
    app.silent = true;
    app.use((context, next) => (context.path === '/teapot' ? context.throw(418, 'tea') : next()));
    await request(app.callback()).get('/teapot').expect(418, 'tea');
    await request(app.callback()).get('/hello').expect(200, 'hello');
  });
});

describe('mount', () => {
  it('answers what its config knows and passes the rest on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
    writeFileSync(join(folder, 'page.txt'), 'page');
    const app = new Koa();
    app.use((context, next) => (context.set('X-Front', 'yes'), next()));
    app.use(mount({ documentRoot: folder, sections: [hello, { location: '/gone', contentHandler: () => 404 }] }));
    app.use((context) => (context.body = `koa has ${context.path}`));
    const agent = request(app.callback());
    await agent.get('/hello').expect(200, 'hello').expect('X-Front', 'yes');
    await agent.get('/page.txt').expect(200, 'page');
    await agent.get('/other').expect(200, 'koa has /other').expect('X-Front', 'yes');
    // A handler that says 404 has answered.
    await agent.get('/gone').expect(404, /There is no such resource/);
  });

  it('leaves errors of what comes behind it to Koa', async () => {
    const app = new Koa();
    app.silent = true;
    app.use(mount({ sections: [hello] }));
    app.use((context) => context.throw(409, 'not now'));
    await request(app.callback()).get('/other').expect(409, 'not now');
  });

  it('rejects requests where its config is wrong', async () => {
    const app = new Koa();
    app.silent = true;
    app.use(mount({ documentRoot: './missing' }));
    await request(app.callback()).get('/').expect(500);
  });
});

describe('Listen', () => {
  async function takenPort(): Promise<[Server, number]> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return [server, (server.address() as { port: number }).port];
  }

  it('opens every address, and names each by its URL', async () => {
    const app = createApp({ listen: ['127.0.0.1:0', '[::1]:0', 'localhost:0', '0.0.0.0:0'], sections: [hello] });
    const urls = await app.start();
    expect(urls.map((url) => url.replace(/\d+\/$/, ''))).toEqual([
      'http://127.0.0.1:',
      'http://[::1]:',
      expect.stringMatching(/^http:\/\/(?:127\.0\.0\.1|\[::1\]):$/),
      'http://localhost:',
    ]);
    for (const url of urls) expect(await (await fetch(`${url}hello`)).text()).toBe('hello');
    await app.stop();
    for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('opens nothing where one address is taken, and says which line asks for it', async () => {
    const [server, port] = await takenPort();
    const free = await takenPort();
    free[0].close();
    await once(free[0], 'close');
    const app = createApp({ listen: [`127.0.0.1:${free[1]}`, `127.0.0.1:${port}`], sections: [hello] });
    await expect(app.start()).rejects.toThrow(new RegExp(`${port}`));
    await expect(fetch(`http://127.0.0.1:${free[1]}/hello`)).rejects.toThrow('fetch failed');
    server.close();
  });

  it('follows a reload: new addresses open, old ones close, kept ones stay', async () => {
    const [server, port] = await takenPort();
    const folder = mkdtempSync(join(tmpdir(), 'sluice-reload-'));
    const file = join(folder, 'httpd.conf');
    const [other, otherPort] = await takenPort();
    const [third, thirdPort] = await takenPort();
    other.close();
    third.close();
    const write = (...lines: string[]): void =>
      writeFileSync(file, ['ErrorLog /dev/null', 'DocumentRoot .', ...lines].join('\n'));
    const reaches = async (at: number): Promise<boolean> =>
      fetch(`http://127.0.0.1:${at}/`).then(
        () => true,
        () => false,
      );
    write(`Listen 127.0.0.1:${otherPort}`);
    const app = createApp(file);
    await app.start();
    write(`Listen 127.0.0.1:${thirdPort}`, `Listen 127.0.0.1:${port}`);
    await expect(app.reload()).rejects.toThrow('taken');
    expect([await reaches(otherPort), await reaches(thirdPort)]).toEqual([true, false]);
    write(`Listen 127.0.0.1:${thirdPort}`);
    await app.reload();
    expect([await reaches(otherPort), await reaches(thirdPort)]).toEqual([false, true]);
    await app.stop();
    server.close();
  });
});

describe('a client that goes away', () => {
  it('aborts the signal; the handler ends, cleans up and is logged once', async () => {
    const events: string[] = [];
    let cleaned = (): void => undefined;
    const done = new Promise<void>((resolve) => (cleaned = resolve));
    const { port } = await serve({
      logHandler: () => (events.push('log'), 0),
      sections: [
        {
          location: '/',
          async contentHandler(r) {
            r.registerCleanup(() => (events.push('cleanup'), cleaned()));
            r.signal.addEventListener('abort', () => events.push('abort'));
            while (!r.signal.aborted) {
              await r.write('x'.repeat(100_000));
              await r.flush();
            }
            events.push('ended');
            return '';
          },
        },
      ],
    });
    const client = new RawClient(port).send(get);
    await client.until(/xxx/);
    client.close();
    await done;
    expect(events).toEqual(['abort', 'log', 'ended', 'cleanup']);
  });
});

describe('stop', () => {
  it('finishes what runs and closes idle connections at once', async () => {
    const { app, port } = await serve({
      gracefulShutdownTimeout: 5,
      sections: [
        hello,
        { location: '/slow', contentHandler: () => new Promise<string>((resolve) => setTimeout(resolve, 300, 'slow')) },
      ],
    });
    const idle = new RawClient(port).send(get);
    await idle.until(/hello/);
    const busy = new RawClient(port).send('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = app.stop();
    await idle.closed;
    expect(busy.received).toBe('');
    expect(await busy.closed).toMatch(/connection: close.*slow$/is);
    await stopped;
  });

  it('cuts what runs for longer than GracefulShutdownTimeout', async () => {
    const { app, port } = await serve({
      gracefulShutdownTimeout: 1,
      sections: [
        {
          location: '/',
          contentHandler: (r) =>
            new Promise<number>((resolve) => r.signal.addEventListener('abort', () => resolve(0))) as never,
        },
      ],
    });
    const busy = new RawClient(port).send(get);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await app.stop();
    expect(await busy.closed).toBe('');
  });
});
