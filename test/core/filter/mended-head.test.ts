import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Filter, FilterObject } from '../../../index.ts';
import { type TestApp, collectLog, testApp } from '../../../testing/index.ts';

const body = '0123456789'.repeat(100);

/** A handler that knows ranges, and says all it can of its body. */
function serve(filter: Filter | undefined, more: object = {}): TestApp {
  return testApp({
    ...(filter === undefined ? {} : { outputFilter: ['F', filter], setOutputFilter: 'F' }),
    contentHandler(r) {
      r.setEtag('"v1"');
      r.headersOut.set('Cache-Control', 'max-age=60');
      const range = /^bytes=(\d+)-(\d+)$/.exec(r.headersIn.get('Range') ?? '');
      if (range === null) return body;
      const [first, last] = [Number(range[1]), Number(range[2])];
      r.status = 206;
      r.headersOut.set('Content-Range', `bytes ${first}-${last}/${body.length}`);
      return body.slice(first, last + 1);
    },
    ...more,
  });
}

const letters: FilterObject = {
  changes: 'sameLength',
  data: (chunk, f) => f.passOn(Buffer.from(chunk.map((byte) => byte + 49))),
};
const halved: FilterObject = { data: (chunk, f) => f.passOn(chunk.filter((byte) => byte % 2 === 0)) };

describe('a part of a body', () => {
  const ask = (filter: Filter | undefined, range = 'bytes=10-13'): request.Test =>
    request(serve(filter)).get('/').set('Range', range);

  it('that the handler has cut is left alone without a filter', async () => {
    await ask(undefined).expect(206, '0123').expect('Content-Range', 'bytes 10-13/1000');
  });

  it('stays that part behind a filter that makes one byte of one', async () => {
    await ask(letters).expect(206, 'abcd').expect('Content-Range', 'bytes 10-13/1000');
  });

  it('is cut from what a filter has made of the whole body where lengths change: the handler sees no Range', async () => {
    const response = await ask(halved).expect(206, '0246');
    expect(response.headers['content-range']).toBe('bytes 10-13/500');
    expect(response.headers).not.toHaveProperty('etag');
  });

  it('is not given where the filter says that parts do not fit together', async () => {
    const response = await ask({ ...halved, noRanges: true }).expect(200);
    expect(response.text).toHaveLength(500);
    expect(response.headers['accept-ranges']).toBe('none');
  });

  it('is not given for a tag that the filter has made invalid', async () => {
    const response = await request(serve(halved)).get('/').set({ Range: 'bytes=0-3', 'If-Range': '"v1"' }).expect(200);
    expect(response.text).toHaveLength(500);
  });
});

describe('what a filter declares', () => {
  const headers = async (filter: FilterObject): Promise<Record<string, string>> =>
    (await request(serve(filter)).get('/').expect(200)).headers;

  it('private keeps shared caches from the answer', async () => {
    expect((await headers({ ...halved, private: true }))['cache-control']).toBe('max-age=60, private');
  });

  it('vary names the header that it depends on', async () => {
    expect((await headers({ ...halved, vary: 'Cookie' }))['vary']).toBe('Cookie');
  });

  it('counts for a filter that changes nothing, too', async () => {
    const looks: FilterObject = { changes: 'nothing', vary: 'Cookie', data: (chunk, f) => f.passOn(chunk) };
    expect(await headers(looks)).toMatchObject({ vary: 'Cookie', etag: '"v1"' });
  });

  it('counts for nothing where the filter has stepped aside', async () => {
    const aside: FilterObject = {
      private: true,
      data(chunk, f) {
        f.remove();
        return f.passOn(chunk);
      },
    };
    expect(await headers(aside)).toMatchObject({ 'cache-control': 'max-age=60', etag: '"v1"' });
  });

  it('counts where it stepped aside behind something of its own', async () => {
    const banner: FilterObject = {
      data(chunk, f) {
        f.remove();
        void f.passOn('a banner');
        return f.passOn(chunk);
      },
    };
    const response = await request(serve(banner)).get('/').expect(200);
    expect(response.text).toHaveLength(body.length + 'a banner'.length);
    expect(response.headers).not.toHaveProperty('etag');
  });
});

describe('what waits in memory', () => {
  const log = collectLog();
  const serveLarge = (more: object): TestApp => testApp({ plugins: [log], filterBufferLimit: 100_000, ...more });

  it.each<[string, object, string]>([
    [
      'for a filter that is slow, while the handler goes on',
      {
        outputFilter: [
          'SLOW',
          {
            data: (chunk: Uint8Array, f: { passOn(bytes: Uint8Array): void }) =>
              new Promise<void>((resolve) => setTimeout(() => resolve(f.passOn(chunk)), 5)),
          },
        ],
        setOutputFilter: 'SLOW',
        contentHandler(r: { write(text: string): void }) {
          for (let at = 0; at < 100; at++) r.write('x'.repeat(20_000));
          return 'end';
        },
      },
      'await r.write(…)',
    ],
    [
      'set aside by a filter',
      {
        outputFilter: [
          'ASIDE',
          { brigade: (brigade: never, f: { setAside(some: never): number }) => (f.setAside(brigade), []) },
        ],
        setOutputFilter: 'ASIDE',
        contentHandler: () => 'x'.repeat(200_000),
      },
      'the output filter ASIDE set aside 200000 bytes, but FilterBufferLimit allows 100000',
    ],
  ])('%s, has a limit', async (_, config, message) => {
    await request(serveLarge(config)).get('/').expect(500);
    expect(log.messages().at(-1)).toContain(message);
  });

  it('and was set aside goes on in front of the end, where nobody has taken it', async () => {
    const app = serveLarge({
      outputFilter: [
        'KEEPS',
        {
          brigade: (brigade: unknown[], f: { setAside(some: unknown[]): number }) => (
            f.setAside(brigade.slice(0, -1)),
            brigade.slice(-1)
          ),
        },
      ],
      setOutputFilter: 'KEEPS',
      contentHandler: () => 'kept',
    });
    expect((await request(app).get('/').expect(200)).text).toBe('kept');
  });
});
