import { describe, expect, it } from '@jest/globals';
import { TransformStream } from 'node:stream/web';
import request from 'supertest';
import { type Brigade, EOS, FLUSH, type Filter, type FilterContext, type RequestRecord } from '../../../index.ts';
import { OutputChain } from '../../../core/filter/output-chain.ts';
import { toNamedFilter } from '../../../core/filter/named-filter.ts';
import { filterTypes } from '../../../core/filter/filter.ts';
import { collectLog, fakeRequest, testHandler } from '../../../testing/index.ts';
import { get, rawRequest } from '../../raw-request.ts';

const tag = (name: string): Filter => ({ data: (chunk, f) => f.passOn(`${String(chunk)}${name}`) });

/** Everything that comes out of a chain, in order. */
function chainOf(
  filters: readonly Filter[],
  receive?: (brigade: Brigade) => void | Promise<void>,
): { chain: OutputChain; out: Brigade } {
  const out: Brigade = [];
  const chain = new OutputChain(fakeRequest(), {
    receive:
      receive ??
      ((brigade) => void out.push(...brigade.map((bucket) => (ArrayBuffer.isView(bucket) ? String(bucket) : bucket)))),
  });
  for (const filter of filters) chain.add(toNamedFilter(filter));
  return { chain, out };
}

describe('the order of output filters', () => {
  it('is that of their types, whatever the order of insertion', () => {
    const { chain } = chainOf(filterTypes.toReversed().map((type) => ({ type, data: () => undefined })));
    expect(chain.filters.map(({ type }) => type)).toEqual([...filterTypes]);
  });

  it('is that of insertion within a type', async () => {
    const { chain, out } = chainOf([
      tag('1'),
      { ...(tag('net') as object), type: 'network' } as Filter,
      tag('2'),
      tag('3'),
    ]);
    await chain.write('body ');
    await chain.end();
    expect(out).toEqual(['body 123net', EOS]);
  });
});

describe('a filter', () => {
  it('gets bytes, and the marks go on behind what it makes of them', async () => {
    const seen: string[] = [];
    const { chain, out } = chainOf([
      {
        data: (chunk, f) => (seen.push(`${Buffer.isBuffer(chunk)}`), f.passOn(chunk)),
        flush: (f) => f.passOn('[flush]'),
        end: (f) => f.passOn('[end]'),
      },
    ]);
    await chain.write('text');
    await chain.flush();
    await chain.end();
    expect(seen).toEqual(['true']);
    expect(out).toEqual(['text', '[flush]', FLUSH, '[end]', EOS]);
  });

  it('may step aside: what follows passes by untouched', async () => {
    const { chain, out } = chainOf([
      { data: (chunk, f) => (f.remove(), f.passOn(`first ${String(chunk)}`)) },
      tag('!'),
    ]);
    for (const text of ['a', 'b']) {
      await chain.write(text);
      await chain.flush();
    }
    await chain.end();
    expect(out).toEqual(['first a!', FLUSH, 'b!', FLUSH, EOS]);
  });

  it('keeps the order although it is asynchronous', async () => {
    const slow: Filter = {
      async data(chunk, f) {
        await new Promise((resolve) => setImmediate(resolve));
        await f.passOn(chunk);
      },
    };
    const { chain, out } = chainOf([slow, tag('!')]);
    for (const text of ['a', 'b', 'c']) {
      await chain.write(text);
      await chain.flush();
    }
    await chain.end();
    expect(out.filter((bucket) => bucket !== FLUSH)).toEqual(['a!', 'b!', 'c!', EOS]);
  });

  it('that works at once makes no promise', () => {
    const { chain } = chainOf([tag('1'), tag('2')]);
    expect([chain.write('x'), chain.flush(), chain.end()]).toEqual([undefined, undefined, undefined]);
  });

  it('that ignores back-pressure is made to wait: at most one full buffer is ahead of the network', async () => {
    let open: () => void = () => undefined;
    const sizes: number[] = [];
    const { chain } = chainOf([{ data: (chunk, f) => void f.passOn(chunk) }], (brigade) => {
      sizes.push(brigade.reduce((sum, bucket) => sum + (typeof bucket === 'symbol' ? 0 : bucket.length), 0));
      return new Promise((resolve) => (open = resolve));
    });
    let written = 0;
    let done = false;
    const writing = (async () => {
      for (; written < 20; written++) await chain.write(Buffer.alloc(65_536));
      done = true;
    })();
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThanOrEqual(1);
    expect(sizes).toEqual([65_536]);
    const letThrough = async (): Promise<void> => {
      open();
      await new Promise((resolve) => setImmediate(resolve));
      if (!done) await letThrough();
    };
    await letThrough();
    await writing;
  });

  it('that passes on after the end is told so', async () => {
    let context: FilterContext | undefined;
    const { chain } = chainOf([{ data: (chunk, f) => ((context = f), f.passOn(chunk)) }]);
    await chain.write('x');
    await chain.end();
    expect(() => context!.passOn('late')).toThrow('passed on bytes after the end of the body');
  });
});

const forms: Readonly<Record<string, (fail: () => void) => Filter>> = {
  object: (fail) => ({ data: (chunk, f) => (fail(), f.passOn(chunk)) }),
  'asynchronous object': (fail) => ({
    async data(chunk, f) {
      await Promise.resolve();
      fail();
      await f.passOn(chunk);
    },
  }),
  generator: (fail) =>
    async function* (chunks, _f) {
      for await (const chunk of chunks) {
        fail();
        yield chunk;
      }
    },
  'web stream': (fail) => () =>
    new TransformStream({
      transform(chunk, controller) {
        fail();
        controller.enqueue(chunk);
      },
    }) as never,
  'brigade filter': (fail) => ({ brigade: (brigade) => (fail(), brigade) }),
};

describe.each(Object.entries(forms))('a %s that throws', (_, make) => {
  describe.each([
    ['first', 0],
    ['in the middle', 1],
    ['last', 2],
  ])('%s of three', (__, place) => {
    const serve = async (
      handler: (r: RequestRecord) => unknown,
      failAt: number,
    ): Promise<{ raw: string; next: string; errors: string[] }> => {
      const log = collectLog();
      const app = await testHandler(
        ((r: RequestRecord) => {
          if (r.unparsedUri === '/next') return 'next is fine';
          let calls = 0;
          const bad = make(() => {
            if (++calls === failAt) throw new Error('the filter broke');
          });
          for (const index of [0, 1, 2]) r.addOutputFilter(index === place ? bad : tag(''));
          return handler(r);
        }) as never,
        { plugins: [log] },
      );
      return {
        raw: await rawRequest(app, get('/', '')),
        next: await rawRequest(app, get('/next')),
        errors: log.messages(),
      };
    };

    it('before the head has left gives a clean 500, and the next request is intact', async () => {
      const { raw, next, errors } = await serve(() => 'some body', 1);
      expect(raw).toMatch(/^HTTP\/1\.1 500 /);
      expect(raw).not.toContain('some body');
      expect(raw).toMatch(/<\/html>\n$/);
      expect(next).toMatch(/next is fine$/);
      expect(errors).toEqual([expect.stringContaining('the filter broke')]);
    });

    it('after it cuts the connection once', async () => {
      const { raw, errors } = await serve(async (r) => {
        await r.write('some body');
        await r.flush();
        await r.write('more body');
        await r.flush();
        return 0;
      }, 2);
      expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
      expect(raw).toContain('some body');
      expect(raw).not.toMatch(/more body|0\r\n\r\n/);
      expect(errors[0]).toContain('the filter broke');
    });
  });
});

describe('a filter that breaks the rules', () => {
  const answer = async (
    filter: Filter,
  ): Promise<{ response: request.Response; log: ReturnType<typeof collectLog> }> => {
    const log = collectLog();
    const app = await testHandler(() => 'body', {
      plugins: [log],
      outputFilter: ['BAD', filter],
      setOutputFilter: 'BAD',
    });
    return { response: await request(app).get('/'), log };
  };

  it('and swallows EOS is closed by the engine', async () => {
    const { response, log } = await answer({ brigade: (brigade) => brigade.filter((bucket) => bucket !== EOS) });
    expect([response.status, response.text]).toEqual([200, 'body']);
    expect(log.messages('warn')).toEqual(['the output filter BAD lost the end of the body']);
  });

  it('and swallows everything leaves an empty answer', async () => {
    const { response } = await answer({ brigade: () => [] });
    expect([response.status, response.text]).toEqual([200, '']);
  });

  it('and sends EOS twice, or more behind it, is cut off there', async () => {
    const { response } = await answer({ brigade: (brigade) => [...brigade, 'late', EOS] });
    expect([response.status, response.text]).toEqual([200, 'body']);
  });

  it.each([7, null, undefined, {}])('and passes on %p gives a 500', async (value) => {
    const { response, log } = await answer({ data: (_, f) => f.passOn(value as never) });
    expect(response.status).toBe(500);
    expect(log.messages()[0]).toContain('the filter BAD passed on');
  });

  it('and throws in init gives a 500; a verdict there ends the request', async () => {
    expect(
      (
        await answer({
          init: () => {
            throw new Error('no init');
          },
          data: () => undefined,
        })
      ).response.status,
    ).toBe(500);
    expect((await answer({ init: () => 403, data: () => undefined })).response.status).toBe(403);
    expect((await answer({ init: () => Promise.resolve(), data: (chunk, f) => f.passOn(chunk) })).response.text).toBe(
      'body',
    );
  });
});

describe('what the head says of a body that a filter changes', () => {
  const head = async (
    changes: 'anything' | 'sameLength' | 'nothing' | undefined,
    others: object = {},
    method: 'get' | 'head' = 'get',
  ): Promise<Record<string, string>> => {
    const app = await testHandler(
      async (r) => {
        r.setEtag('"v1"');
        r.headersOut.set('Accept-Ranges', 'bytes');
        r.headersOut.set('Content-Digest', 'sha-256=:x:');
        r.setLastModified(0);
        r.headersOut.set('Content-Length', 4);
        await r.flush();
        return 'body';
      },
      {
        outputFilter: [
          'F',
          { ...(changes === undefined ? {} : { changes }), data: (chunk, f) => f.passOn(chunk), ...others },
        ],
        setOutputFilter: 'F',
      },
    );
    return (await request(app)[method]('/').expect(200)).headers;
  };
  const all = ['etag', 'accept-ranges', 'content-digest', 'last-modified', 'content-length'];
  const kept = (headers: Record<string, string>): string[] => all.filter((name) => name in headers);

  it('is dropped by default', async () => {
    expect(kept(await head(undefined))).toEqual([]);
    expect(kept(await head('anything'))).toEqual([]);
  });

  it('is dropped but for the length under sameLength', async () => {
    expect(kept(await head('sameLength'))).toEqual(['content-length']);
  });

  it('stays for a filter that only looks', async () => {
    expect(kept(await head('nothing'))).toEqual(all);
  });

  it('stays where the filter stepped aside', async () => {
    expect(kept(await head('anything', { init: (f: FilterContext) => f.remove() }))).toEqual(all);
  });

  it('is what the filter itself says', async () => {
    const headers = await head('anything', { flush: (f: FilterContext) => void f.r.headersOut.set('ETag', '"v1-f"') });
    expect(kept(headers)).toEqual(['etag']);
    expect(headers['etag']).toBe('"v1-f"');
  });

  it('is the same for HEAD', async () => {
    expect(kept(await head('anything', {}, 'head'))).toEqual([]);
  });
});
