import { describe, expect, it } from '@jest/globals';
import { Transform } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { EOS } from '../../core/filter/bucket.ts';
import type { Filter, FilterContext } from '../../core/filter/filter.ts';
import { runFilter } from '../../testing/index.ts';

const upper = (chunk: Uint8Array): string => Buffer.from(chunk).toString('latin1').toUpperCase();

const forms: Readonly<Record<string, Filter>> = {
  'an object': { data: (chunk, f) => f.passOn(upper(chunk)) },
  'an asynchronous object': {
    async data(chunk, f) {
      await f.passOn(upper(chunk));
    },
  },
  'a generator': async function* shout(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) yield upper(chunk);
  },
  'a web stream': () =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => controller.enqueue(Buffer.from(upper(chunk))),
    }) as never,
  'a Node stream': () => new Transform({ transform: (chunk: Uint8Array, _, done) => done(null, upper(chunk)) }),
  'a brigade filter': {
    brigade: (brigade) =>
      brigade.map((bucket) => (typeof bucket === 'symbol' ? bucket : upper(Buffer.from(bucket as string)))),
  },
};

describe('runFilter', () => {
  it.each(Object.entries(forms))('gives what comes out of %s', async (_, filter) => {
    const chunks = await runFilter(filter, ['hello ', Buffer.from('world')]);
    expect(Buffer.concat(chunks).toString()).toBe('HELLO WORLD');
  });

  it('keeps the chunks of the split as given', async () => {
    const chunks = await runFilter(forms['an object']!, ['a', 'b']);
    expect(chunks.map(String)).toEqual(['A', 'B']);
  });

  it('gives an empty body for an empty body', async () => {
    expect(await runFilter(forms['a generator']!, [])).toEqual([]);
  });

  it('lets the filter see the request', async () => {
    const greet: Filter = { data: () => undefined, end: (f) => f.passOn(`Hello ${f.r.user}`) };
    expect(String(await runFilter(greet, [], { request: { user: 'Ann' } }))).toBe('Hello Ann');
  });

  it('fails a filter that depends on where its input is cut', async () => {
    const careless: Filter = { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString().replaceAll('cat', 'dog')) };
    await expect(runFilter(careless, ['a cat sat'])).rejects.toThrow(
      /the filter gives another body when it is fed in two halves|byte by byte.*from byte 2 on it gave "a cat sat" instead of "a dog sat"/s,
    );
  });

  it('fails a filter that keeps the state of one request for the next', async () => {
    let total = 0;
    const counter: Filter = { data: (chunk) => void (total += chunk.length), end: (f) => f.passOn(String(total)) };
    await expect(runFilter(counter, ['abc'])).rejects.toThrow('gave "6" instead of "3"');
  });

  it.each<[string, Filter, string]>([
    ['swallows EOS', { brigade: (brigade) => brigade.filter((bucket) => bucket !== EOS) }, 'swallowed EOS'],
    [
      'doubles EOS',
      { brigade: (brigade) => [...brigade, ...brigade.filter((bucket) => bucket === EOS)] },
      'passed on EOS twice',
    ],
    ['adds something behind EOS', { brigade: (brigade) => [...brigade, 'late'] }, 'passed on something after EOS'],
    ['passes on a number', { data: (_, f) => f.passOn(7 as never) }, 'it must pass on bytes or text'],
    ['passes on an object in a brigade', { brigade: () => [{} as never] }, 'it must pass on bytes or text'],
    ['throws', { data: () => Promise.reject(new Error('no good')) }, 'no good'],
  ])('fails a filter that %s', async (_, filter, message) => {
    await expect(runFilter(filter, ['some text'])).rejects.toThrow(message);
  });

  it('fails a filter that uses its buffer again after it was passed on', async () => {
    const scratch = Buffer.alloc(16);
    const reuses: Filter = {
      data(chunk, f: FilterContext) {
        scratch.set(chunk);
        return f.passOn(scratch.subarray(0, chunk.length));
      },
    };
    await expect(runFilter(reuses, ['one', 'two'])).rejects.toThrow('changed chunk 0 after it had passed it on');
  });

  it('runs the filters of requests', async () => {
    const decodes: Filter = {
      data: (chunk, f) => f.passOn(upper(chunk)),
      end: (f) => f.passOn(` ${f.r.headersIn.get('Content-Language')}`),
    };
    const chunks = await runFilter(decodes, ['body'], {
      direction: 'input',
      request: { headers: { 'Content-Language': 'en' } },
    });
    expect(Buffer.concat(chunks).toString()).toBe('BODY en');
  });

  it('fails a filter that keeps more than it may', async () => {
    const keeps: Filter = {
      brigade(brigade, f) {
        f.setAside(brigade);
        return brigade.at(-1) === EOS ? f.takeAside() : [];
      },
    };
    await expect(runFilter(keeps, ['12345', '67890'], { mostHeld: 10 })).resolves.toHaveLength(2);
    await expect(runFilter(keeps, ['12345', '67890', '1'], { mostHeld: 10 })).rejects.toThrow(
      'the filter, fed as given, has taken 11 bytes without passing any on; mostHeld allows 10',
    );
  });

  it('fails a filter that goes on without waiting for a slow reader', async () => {
    const floods: Filter = {
      data: () => undefined,
      end(f) {
        for (let at = 0; at < 4; at++) void f.passOn(Buffer.alloc(65_536));
      },
    };
    await expect(runFilter(floods, ['x'], { request: { config: { filterBufferLimit: 100_000 } } })).rejects.toThrow(
      'allows were waiting: await f.passOn(…)',
    );
  });

  it('fails a filter that never ends', async () => {
    await expect(runFilter({ data: () => new Promise(() => undefined) }, ['x'], { timeout: 20 })).rejects.toThrow(
      'the filter, fed as given, did not come to an end within 20 ms',
    );
  });

  it('gives the same pieces for the same seed', async () => {
    const seenWith = async (seed: number): Promise<string[]> => {
      const seen: string[] = [];
      await runFilter(
        { data: (chunk, f) => (seen.push(String(chunk)), f.passOn(chunk)) },
        ['abcdefghijklmnopqrstuvwxyz'],
        { seed },
      );
      return seen;
    };
    expect(await seenWith(1)).toEqual(await seenWith(1));
    expect(await seenWith(1)).not.toEqual(await seenWith(2));
  });
});
