import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DECLINED, OK } from '../../index.ts';
import { RawClient, type Site, closeSites, exchange, serve, statusesIn } from '../core/host/raw-client.ts';

const megabyte = 1_048_576;

afterAll(closeSites);

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
}

describe('requests that lead to themselves', () => {
  let site: Site;
  beforeAll(async () => {
    site = await serve({
      errorDocument: ['500', '/failing'],
      sections: [
        { location: '/round', contentHandler: (r) => (void r.internalRedirect('/about'), OK) },
        { location: '/about', contentHandler: (r) => (void r.internalRedirect('/round'), OK) },
        { location: '/failing', contentHandler: () => 500 },
        {
          location: '/nested',
          fixupHandler: async (r) => ((await r.lookupUri('/nested')).status === 200 ? DECLINED : 500),
          contentHandler: () => 'found',
        },
        {
          location: '/growing',
          contentHandler: async (r) => (await r.internalRedirect(`/growing${r.uri}`), OK),
        },
      ],
    });
  });

  it.each(['/round', '/failing', '/nested', '/growing'])(
    'are ended with a 500, and the next one is served: %s',
    async (path) => {
      expect(statusesIn(await exchange(site.port, get(path)))).toEqual([500]);
      expect(statusesIn(await exchange(site.port, get('/other')))).toEqual([404]);
    },
  );
});

describe('an internal redirect', () => {
  it('to what a user may not see shows it no more than a request would', async () => {
    const { port } = await serve({
      sections: [
        { location: '/from', contentHandler: (r) => (void r.internalRedirect('/private'), OK) },
        { location: '/error', errorDocument: ['404', '/private'], contentHandler: () => 404 },
        { location: '/private', require: 'all denied', contentHandler: () => 'hidden words' },
      ],
    });
    for (const path of ['/from', '/error']) {
      const received = await exchange(port, get(path));
      expect(received).not.toContain('hidden words');
    }
  });
});

describe('a handler that never returns', () => {
  it('keeps nobody else from being served', async () => {
    const { port } = await serve({
      sections: [
        { location: '/never', contentHandler: () => new Promise<string>(() => undefined) },
        { location: '/good', contentHandler: () => 'good' },
      ],
    });
    const waiting = Array.from({ length: 50 }, () => new RawClient(port).send(get('/never')));
    expect(statusesIn(await exchange(port, get('/good')))).toEqual([200]);
    for (const client of waiting) client.close();
  });
});

describe('clients that ask for 20 MB and do not read', () => {
  const piece = Buffer.alloc(65_536, 'x');
  let site: Site;
  beforeAll(async () => {
    site = await serve({
      outputFilter: [
        ['OBJECT', { data: (chunk, f) => void f.passOn(chunk) }],
        [
          'GENERATOR',
          async function* (chunks: AsyncIterable<Uint8Array>) {
            yield* chunks;
          },
        ],
        ['TRANSFORM', () => new PassThrough()],
        ['WEB', () => new TransformStream() as never],
        [
          'DOUBLE',
          {
            data(chunk, f) {
              void f.passOn(chunk);
              void f.passOn(chunk);
            },
          },
        ],
      ],
      contentHandler: async (r) => {
        for (let sent = 0; sent < 20 * megabyte; sent += piece.length) await r.write(piece);
        return OK;
      },
      sections: ['OBJECT', 'GENERATOR', 'TRANSFORM', 'WEB', 'DOUBLE'].map((name) => ({
        location: `/${name}`,
        setOutputFilter: name,
      })),
    });
  });

  it.each(['/', '/OBJECT', '/GENERATOR', '/TRANSFORM', '/WEB', '/DOUBLE'])(
    'cost a bounded part of it each: %s',
    async (path) => {
      const before = process.memoryUsage().rss;
      const clients = Array.from({ length: 20 }, () => {
        const client = new RawClient(site.port);
        client.socket.pause();
        return client.send(get(path));
      });
      await sleep(700);
      const grown = process.memoryUsage().rss - before;
      for (const client of clients) client.close();
      // 400 MB were asked for.
      expect(grown).toBeLessThan(100 * megabyte);
      expect(statusesIn(await exchange(site.port, get('/other')))).toEqual([200]);
    },
  );
});

describe('an answer that was complete before its handler failed', () => {
  it('is whole, also for HTTP/1.0, where a cut would be a reset', async () => {
    const { port, log } = await serve({
      sections: [
        { location: '/good', contentHandler: () => 'good' },
        {
          location: '/late',
          contentHandler: (r) => {
            void r.internalRedirect('/good');
            throw new Error('too late');
          },
        },
      ],
    });
    const received = await exchange(port, 'GET /late HTTP/1.0\r\n\r\n');
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\ngood$/s);
    expect(log.messages()).toEqual([expect.stringContaining('too late')]);
  });
});

describe('an answer that fails midway', () => {
  const fails = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of chunks) {
      seen += chunk.length;
      if (seen > 200_000) throw new Error('midway');
      yield chunk;
    }
  };

  it('leaves nothing behind for the requests that come with it', async () => {
    const { port, log } = await serve({
      outputFilter: ['FAILS', fails],
      sections: [
        { location: '/good', contentHandler: () => 'g'.repeat(1_000) },
        {
          location: '/bad',
          setOutputFilter: 'FAILS',
          contentHandler: async (r) => {
            for (let at = 0; at < 10; at++) await r.write('b'.repeat(50_000));
            return OK;
          },
        },
      ],
    });
    const paths = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? '/good' : '/bad'));
    const answers = await Promise.all(paths.map((path) => exchange(port, get(path))));
    for (const [at, path] of paths.entries()) {
      const body = answers[at]!.slice(answers[at]!.indexOf('\r\n\r\n') + 4);
      if (path === '/good') expect(body).toBe('g'.repeat(1_000));
      else expect(body.endsWith('0\r\n\r\n')).toBe(false);
    }
    expect(log.messages().filter((message) => message.includes('midway'))).toHaveLength(20);
  });
});
